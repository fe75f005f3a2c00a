"""The people of the demo, and signing in as one of them with one click: in demo mode alone."""

from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tospann.people.models import Person

DOMAIN = "demo.tospann.example"
MARK = "DEMO"
"""The file that marks a data folder as a demo's (made by ``tospann demo``)."""
MUNICIPALITY, CONSULTANCY, CONTRACTOR, SUPPLIER = (
    "Fjordvik kommune",
    "Nordlys Prosjektledelse AS",
    "Bygg og Bad Entreprenør AS",
    "Saksflyt Systemer AS",
)


@dataclass(frozen=True)
class DemoPerson:
    """Somebody who exists in the demo. ``role`` is the key of her door on the sign-in page."""

    key: str
    name: str
    title: str
    company: str = MUNICIPALITY
    is_external: bool = False
    role: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


PEOPLE: tuple[DemoPerson, ...] = (
    DemoPerson("ingrid.lund", "Ingrid Lund", "Prosjektkoordinator", role="coordinator"),
    DemoPerson(
        "kari.nordmann", "Kari Nordmann", "Prosjektleder", company=CONSULTANCY, role="manager"
    ),
    DemoPerson("tor.haugen", "Tor Haugen", "Kommunalsjef", role="owner"),
    DemoPerson("amina.said", "Amina Said", "Rådgiver digitalisering", role="member"),
    DemoPerson("liv.solberg", "Liv Solberg", "Porteføljeleder", role="portfolio_leader"),
    DemoPerson(
        "erik.moen",
        "Erik Moen",
        "Kundeansvarlig",
        company=SUPPLIER,
        is_external=True,
        role="guest",
    ),
    DemoPerson("jonas.berg", "Jonas Berg", "Arkitekt", company=CONSULTANCY),
    DemoPerson("silje.dahl", "Silje Dahl", "Byggeleder", company=CONSULTANCY),
    DemoPerson("per.aas", "Per Aas", "Økonomirådgiver"),
    DemoPerson("nina.holm", "Nina Holm", "Virksomhetsleder", role="line_manager"),
    DemoPerson("anders.vik", "Anders Vik", "Anleggsleder", company=CONTRACTOR, is_external=True),
    DemoPerson("maria.johansen", "Maria Johansen", "IKT-sjef"),
    DemoPerson("ragnhild.strand", "Ragnhild Strand", "Internrevisor", role="auditor"),
)
SEES: dict[str, tuple[Promise, Promise]] = {
    "coordinator": (_("Project coordinator"), _("What is to be prepared, and what is overdue")),
    "manager": (_("Project manager"), _("What is to be decided, and how the projects are doing")),
    "owner": (_("Project owner"), _("Gates, and deviations beyond tolerance")),
    "member": (_("Team member"), _("My tasks this week, and my meetings")),
    "portfolio_leader": (_("Portfolio leader"), _("All projects, and where they collide")),
    "line_manager": (_("Line manager"), _("What projects ask of her people, and their load")),
    "auditor": (_("Auditor"), _("Every project as of any date; changes nothing")),
    "guest": (_("Guest"), _("Only what was shared with the customer")),
}


def is_demo() -> bool:
    """The setting alone is not enough: the data folder itself must be a demo's."""
    return bool(settings.DEMO) and (settings.DATA_DIR / MARK).is_file()


def is_on_this_machine(request: HttpRequest) -> bool:
    """A direct request from this machine to it, by a name of it; no proxy in between."""
    if "HTTP_X_FORWARDED_FOR" in request.META or "HTTP_FORWARDED" in request.META:
        return False
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    return _is_loopback(request.META.get("REMOTE_ADDR", "")) and (
        host in {"localhost", "testserver"} or _is_loopback(host)
    )


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def doors(request: HttpRequest) -> list[dict[str, object]]:
    """One click per role for the sign-in page; empty outside demo mode. No query."""
    if not is_demo() or not is_on_this_machine(request):
        return []
    return [
        {"key": one.role, "name": one.name, "role": SEES[one.role][0], "sees": SEES[one.role][1]}
        for one in PEOPLE
        if one.role
    ]


def person_behind(request: HttpRequest, key: str) -> Person:
    """The person of a door, or 404; outside demo mode there are no doors."""
    if any(door["key"] == key for door in doors(request)):
        email = next(one.email for one in PEOPLE if one.role == key)
        found = Person.objects.filter(email=email, is_active=True).first()
        if found is not None:
            return found
    raise Http404
