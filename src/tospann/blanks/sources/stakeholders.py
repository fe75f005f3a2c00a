"""The register of stakeholders as documents list it; never what is judged of somebody."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tospann.blanks import live
from tospann.blanks.live import ID, REF, Register, Row
from tospann.foundation.records import reference
from tospann.projects.models import Project
from tospann.stakeholders.models import Stakeholder

COLUMNS = ("unit", "name", "relation", "expectation", "information_need")
MOST = 200


def register() -> None:
    label = _("the register of stakeholders")
    live.keeps(Register("stakeholder_register", label, COLUMNS, _rows, link=_link))


def _link(of: Project) -> str:
    return reverse("stakeholders", args=[of.key])


def _rows(of: Project, language: str) -> list[Row]:
    found = Stakeholder.objects.filter(project=of, is_active=True).order_by("name", "number")
    return [
        {
            REF: reference(one),
            ID: f"s{one.pk.hex[-12:]}",
            "unit": one.organisation or None,
            "name": one.name,
            "relation": one.relation or None,
            "expectation": one.expectation or None,
            "information_need": one.information_need or None,
        }
        for one in found[:MOST]
    ]
