"""Making benefits, for tests."""

from decimal import Decimal

from tests import making

from tospann.benefits import commands
from tospann.benefits.models import BenefitKind, Measurement, Moment
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.projects.commands import appoint


def benefit_manager(made):
    """The project, with somebody who answers for its benefits."""
    nina = making.person("Nina")
    made.people[Role.BENEFIT_RESPONSIBLE] = nina
    appoint(SYSTEM, made.project, person=nina.pk, role=Role.BENEFIT_RESPONSIBLE)
    return made


def benefit(made, actor, kind=BenefitKind.PRICED, **values):
    values = {"title": "Lavere driftskostnad", "owner": actor.person_id, **values}
    return commands.add_benefit(actor, made.project, id=new_id(), kind=kind, **values)


def indicator(actor, of, target="100", **values):
    return commands.add_indicator(
        actor, of, id=new_id(), name="Energi", unit="kWh", target=Decimal(target), **values
    )


def measure(actor, of, value, moment=Moment.START):
    planned = Measurement.objects.filter(indicator=of, moment=moment, value=None).first()
    return commands.record_measurement(actor, planned, value=Decimal(value))
