"""Benefits and stakeholders as tables of documents, as the registers have them."""

import pytest
from tests.benefits import planned
from tests.blanks import filling

from tospann.benefits import commands
from tospann.benefits.models import BenefitState
from tospann.blanks import live
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id
from tospann.stakeholders import commands as stakeholders

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return planned.benefit_manager(filling.project())


def test_the_benefits_stand_in_the_proposal_and_follow_the_register(visit, made):
    nina = made.actor(Role.BENEFIT_RESPONSIBLE)
    one = planned.benefit(made, nina, title="Kortere kø <1>")
    client = visit(Role.COORDINATOR)
    filled = filling.start(client, made, "project_proposal")
    text = client.get(filling.of("filled", filled)).text
    assert "Kortere kø &lt;1&gt;" in text
    commands.set_benefit_state(nina, one, state=BenefitState.GIVEN_UP, reason="Ingen kø")
    assert "Kortere kø" not in client.get(filling.of("filled", filled)).text


def test_the_plan_for_benefits_has_the_priced_ones_with_their_codes(visit, made):
    nina = made.actor(Role.BENEFIT_RESPONSIBLE)
    planned.benefit(made, nina, title="Lavere strømregning", value_per_year=250_000)
    planned.benefit(made, nina, kind="qualitative", title="Gladere folk")
    client = visit(Role.COORDINATOR)
    filled = filling.start(client, made, "benefits_realisation_plan")
    text = client.get(filling.of("filled", filled)).text
    assert "Lavere strømregning" in text
    assert live.names_of("benefit", made.project) == ["Ø1 Lavere strømregning", "K1 Gladere folk"]


def test_the_register_of_stakeholders_is_a_source_without_judgements(made):
    one = stakeholders.add_stakeholder(
        made.coordinator, made.project, id=new_id(), name="Velforeningen", expectation="Ro"
    )
    stakeholders.judge_stakeholder(made.coordinator, one, influence=1, interest=2)
    (row,) = live.register("stakeholder_register").rows(made.project, "nb")
    assert (row["name"], row["expectation"]) == ("Velforeningen", "Ro")
    assert not {"influence", "interest"} & set(row)
