"""Deciding a case through the API: what was read is what is decided, and only once."""

from tospann.cases.models import Case
from tospann.foundation.authority import Role


def proposed(made, caller):
    answer = caller(Role.COORDINATOR).command(
        made.project.key,
        "projects.add_goal",
        id="01a20000-0000-7000-8000-000000000001",
        level="output_goal",
        description="Ferdig til skolestart",
    )
    assert answer.status_code == 202
    return Case.objects.get()


def test_a_case_is_read_and_decided(made, caller):
    case = proposed(made, caller)
    path = f"/projects/{made.project.key}/cases/{case.number}"
    manager = caller(Role.MANAGER)
    shown = manager.get(path).json()
    kept = {one["key"]: one for one in shown["alternatives"]}
    assert kept["A"]["verdict"]["roles"] == ["manager", "owner"]
    assert [part["key"] for part in kept["A"]["parts"]] == ["0"]
    body = {"alternative": "A", "seen": shown["seen"], "version": shown["version"]}
    assert caller(Role.MEMBER).post(f"{path}/decision", body).status_code == 403
    stale = {**body, "seen": "A:000000000000:"}
    assert manager.post(f"{path}/decision", stale).status_code == 409
    decided = manager.post(f"{path}/decision", body)
    assert decided.json()["outcome"] == "approved"
    again = manager.post(f"{path}/decision", {**body, "version": None})
    assert again.status_code == 409
    assert made.project.goals.count() == 1
