"""Pages and forms of benefits, stakeholders and what they are told: the first of each."""

HOME = "/p/SVH"
OF_ONE = {
    "stakeholders": ("edit", "judge", "forget", "remove"),
    "communication": ("edit", "told", "resume"),
    "benefits": ("edit", "state", "hand-over", "indicators/new"),
}


def addresses(request):
    """Asks the API for what there is in the demo's largest project."""
    api = f"/api/v1/projects{HOME.removeprefix('/p')}"
    found = [f"{HOME}/{part}/new" for part in (*OF_ONE, "benefits/changes")]
    for part, forms in OF_ONE.items():
        (first, *_rest) = request.get(f"{api}/{part}").json()["items"]
        found += [f"{HOME}/{part}/{first['number']}/{form}" for form in forms]
    number = first["number"]
    found.append(f"{HOME}/close/benefits/{number}")
    (indicator, *_more) = request.get(f"{api}/benefits/{number}").json()["indicators"]
    indicators = f"{HOME}/benefits/indicators/{indicator['id']}"
    found += [f"{indicators}/{form}" for form in ("edit", "remove", "plan")]
    (planned, *_others) = [one for one in indicator["measurements"] if one["value"] is None]
    measuring = f"{HOME}/benefits/measurements/{planned['id']}"
    found += [measuring, f"{measuring}/move", f"{measuring}/remove"]
    (change, *_rest) = request.get(f"{api}/benefits/changes").json()["items"]
    changing = f"{HOME}/benefits/changes/{change['id']}"
    return [*found, *(f"{changing}/{form}" for form in ("edit", "state", "remove"))]
