"""Who adds points to gates, waives them and keeps a case's papers; and things to try it on."""

from tospann.cases import commands
from tospann.documents.models import Document
from tospann.foundation.authority import SYSTEM
from tospann.foundation.ids import new_id
from tospann.projects import commands as projects
from tospann.projects.models import Gate

COO, MAN, OWN, STE, MEM = "coordinator", "manager", "owner", "steering", "member"
PREPARING, CHANGING = {COO, MAN}, {COO, MAN, OWN}
PAPERS = ("append_paper", "make_bundle")
SEEN_BY = {
    **dict.fromkeys(("gate_rules", "new_criterion", *PAPERS, "waive_criterion"), PREPARING),
    "change_criterion": CHANGING,
    "move_gate": CHANGING,
}
CHANGES = {
    "new_criterion": (PREPARING, {"text": "Avklart"}),
    "change_criterion": (CHANGING, {"text": "Avklart", "level": "3"}),
    "move_gate": (CHANGING, {"due_on": "2027-05-03"}),
    "waive_criterion": (PREPARING, {"reason": "Avtalt"}),
    "withdraw_waiver": (PREPARING, {}),
    "append_paper": (PREPARING, {}),
    "remove_paper": (PREPARING, {}),
    "make_bundle": (PREPARING, {}),
    "send_bundle": (PREPARING, {}),
}


def things(of):
    """A gate being prepared with a point that is waived, and a case with a paper."""
    who, project = of.actor("coordinator"), of.project
    gate = Gate.objects.filter(project=project).exclude(state="passed").order_by("-position")[0]
    point = projects.add_criterion(
        SYSTEM, gate, text="Eiere", kind="rule", rule="no_high_risk_without_owner"
    )
    case = commands.prepare_gate(who, gate, id=new_id(), recommended="proceed")
    commands.waive_criterion(who, case, id=new_id(), criterion=point.pk, reason="Avtalt")
    paper = Document.objects.filter(project=project, trashed_at=None)[0]
    commands.append_paper(who, case, id=new_id(), document=paper.pk)
    bundle = commands.make_bundle(who, case, id=new_id())
    pks = dict.fromkeys(("change_criterion", "waive_criterion", "withdraw_waiver"), point.pk)
    pks |= {"remove_paper": paper.pk, "send_bundle": bundle.pk}
    routes = ("waive_criterion", "withdraw_waiver", *PAPERS, "remove_paper", "send_bundle")
    return pks, dict.fromkeys(routes, case.number)
