"""Forms of quality, most linked to only while what they are about stands in the right state."""

HOME = "/p/SVH/quality"
FORMS = {
    "requirements": ("edit", "waive"),
    "deliverables": ("edit", "forward"),
    "reviews": ("edit", "perform", "act-on"),
    "rounds": ("edit", "add-cases-to", "end"),
    "nonconformities": ("edit", "correct", "verify", "accept", "reopen", "hand-over", "act-on"),
}


def addresses(request):
    """The lists, and the forms about the first of each; and the first test of a round."""
    found = [f"{HOME}/{part}/new" for part in FORMS]
    for part, forms in FORMS.items():
        place = "deliverables" if part == "deliverables" else f"quality/{part}"
        (first, *_rest) = request.get(f"/api/v1/projects/SVH/{place}").json()["items"]
        found += [f"{HOME}/{part}/{first['number']}/{form}" for form in forms]
    number = request.get("/api/v1/projects/SVH/quality/rounds").json()["items"][0]["number"]
    one = request.get(f"/api/v1/projects/SVH/quality/rounds/{number}").json()["cases"][0]["id"]
    return [*found, f"{HOME}/rounds/{number}/cases/{one}/edit"]
