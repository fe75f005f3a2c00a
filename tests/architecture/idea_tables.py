"""Who sees which page of ideas, and who may change what there; and things to try it on."""

from tospann.foundation.ids import new_id
from tospann.people.models import Organisation
from tospann.portfolio import commands

LEADER, KEEPERS = {"portfolio_leader"}, {"administrator", "portfolio_leader"}
ROLES = ("coordinator", "manager", "owner", "steering", "member")
COLLEAGUES = {*ROLES, *KEEPERS, "auditor", "elsewhere"}
HERS = {"member", "portfolio_leader"}
SEEN_BY = {
    **dict.fromkeys(("portfolio_ideas", "new_idea", "idea", "portfolio_what_if"), COLLEAGUES),
    "scenarios": COLLEAGUES,
    "scenario": {"coordinator", "manager", "owner", "steering", *LEADER, "auditor"},
    "edit_idea": HERS,
    "weigh_ideas": KEEPERS,
    **dict.fromkeys(("score_idea", "answer_idea", "start_from_idea"), LEADER),
}
CHANGES = {
    "propose_scenario": (COLLEAGUES, {}),
    "decide_scenario": (LEADER, {"answer": "rejected", "reason": "Nei"}),
    **dict.fromkeys(("compute_scenario", "withdraw_scenario"), ({"manager", *LEADER}, {})),
    "new_idea": (COLLEAGUES, {}),
    "edit_idea": (HERS, {}),
    "weigh_ideas": (KEEPERS, {}),
    **dict.fromkeys(("score_idea", "answer_idea", "start_from_idea"), (LEADER, {})),
}


def things(of):
    """An idea of the member's that waits, and one that is accepted, by the route's name."""
    member, leader = of.actor("member"), of.actor("portfolio_leader")
    organisation = Organisation.objects.get()
    waits, taken = (
        commands.hand_in_idea(member, organisation, id=new_id(), title=title, solves="Kø")
        for title in ("Skranke", "App")
    )
    commands.answer_idea(leader, taken, answer="accepted")
    proposed = commands.propose_scenario(
        of.actor("manager"),
        organisation,
        id=new_id(),
        title="Vent",
        recommendation="Kø",
        choices=[commands.Chosen(project=of.project.pk, weeks=2)],
    )
    scenario = ("scenario", "decide_scenario", "compute_scenario", "withdraw_scenario")
    waiting = ("idea", "edit_idea", "score_idea", "answer_idea")
    return {
        **dict.fromkeys(scenario, proposed.number),
        **dict.fromkeys(waiting, waits.number),
        "start_from_idea": taken.number,
    }
