"""Forms of contracts, most linked to only while what they are about stands in the right state."""

HOME = "/p/SVH/money/contracts"
UNDER = {
    "": ("edit", "sign", "end", "adjust", "terms", "invoices"),
    "/notices": ("edit", "send", "answer", "log"),
    "/changes": ("edit", "forward", "reject"),
    "/invoices": ("edit", "check", "send", "return"),
    "/procurements": ("edit", "end"),
}


def addresses(request):
    """The forms about the first of each list, and of the terms and steps under them."""
    found = []
    for part, forms in UNDER.items():
        listed = request.get(f"/api/v1/projects/SVH/contracts{part}").json()["items"]
        one = f"{HOME}{part}/{listed[0]['number']}"
        found += [f"{one}/{form}" for form in forms]
    number = request.get("/api/v1/projects/SVH/contracts").json()["items"][0]["number"]
    (term, *_rest) = request.get(f"/api/v1/projects/SVH/contracts/{number}").json()["terms"]
    found += [f"{HOME}/terms/{term['id']}/{form}" for form in ("edit", "settle")]
    party = request.get("/api/v1/projects/SVH/contracts/parties").json()[0]["id"]
    return [*found, f"{HOME}/parties/{party}/edit"]
