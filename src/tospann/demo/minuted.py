"""Meetings in the demo's projects: one held, with minutes out, and one called for next week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone

from tospann.actions import commands as actions
from tospann.cases import commands as cases
from tospann.demo import clock
from tospann.demo.story import Cast, date_in
from tospann.foundation.authority import Actor
from tospann.foundation.ids import new_id
from tospann.meetings import commands, publishing
from tospann.meetings.models import AgendaItem, Attendance, Meeting, Series
from tospann.people.actors import actor_for
from tospann.projects.models import Project
from tospann.stakeholders.models import Contact


@dataclass(frozen=True)
class Item:
    """An item and what came of it: an action is (what, who, day), a decision (what, why)."""

    title: str
    text: str
    minutes: int = 10
    action: tuple[str, str, int] | None = None
    decision: tuple[str, str] | None = None


@dataclass(frozen=True)
class Told:
    """The meetings of one project; days are counted from today."""

    series: str
    people: Sequence[str]
    contacts: Sequence[str]
    place: str
    items: Sequence[Item]
    remark: tuple[str, str, str]
    coming: Sequence[str]
    absent: str = ""


MEETINGS = {
    "SVH": Told(
        series="site_meeting",
        people=("ingrid.lund", "kari.nordmann", "silje.dahl", "jonas.berg", "anders.vik"),
        contacts=("Gunn Myhre",),
        place="Brakkeriggen på Nesset",
        items=(
            Item("Helse, miljø og sikkerhet", "Ingen hendelser siden sist. Ny vernerunde fredag."),
            Item(
                "Fremdrift",
                "Tekniske fag ligger en uke etter. Entreprenøren setter inn et ekstra lag fra "
                "mandag.\nDet påvirker ikke datoen for prøvedrift.",
                20,
                action=("Sende revidert fremdriftsplan for tekniske fag", "anders.vik", 5),
            ),
            Item(
                "Avklaringer",
                "Flisene i garderobene leveres ikke i valgt farge.",
                15,
                decision=("Lys grå fliser i garderobene", "Leveres på to uker, samme pris."),
            ),
            Item(
                "Økonomi",
                "Prognosen er uendret.",
                action=("Oppdatere prognosen med endringsmeldingene", "per.aas", 9),
            ),
        ),
        remark=(
            "silje.dahl",
            "Det ekstra laget begynner tirsdag, ikke mandag.",
            "Takk. Rettes i neste møte.",
        ),
        coming=("kari.nordmann", "silje.dahl"),
        absent="jonas.berg",
    ),
    "NSS": Told(
        series="steering",
        people=("ingrid.lund", "kari.nordmann", "tor.haugen", "maria.johansen", "nina.holm"),
        contacts=("Erik Moen",),
        place="Rådhuset, møterom Fjorden",
        items=(
            Item("Status", "Kundetest 1 er gjennomført. Tre B-feil gjenstår.", 15),
            Item(
                "Opplæring",
                "Superbrukerne trenger to dager før prøvedriften.",
                15,
                action=("Sette opp to dager opplæring for superbrukerne", "amina.said", 8),
            ),
            Item(
                "Vilkår for prøvedrift",
                "Styringsgruppen vil se rettingene før prøvedriften.",
                20,
                decision=("Prøvedriften starter uten åpne B-feil", "Da slipper vi dobbelt arbeid."),
            ),
        ),
        remark=("nina.holm", "Kultur må være med i opplæringen.", "Enig, de er lagt til."),
        coming=("tor.haugen",),
    ),
    "FLY": Told(
        series="weekly",
        people=("ingrid.lund", "nina.holm", "amina.said", "per.aas"),
        contacts=("Trine Moe",),
        place="Torggata 4",
        items=(
            Item(
                "Flyttedagen",
                "Byrået kommer klokka sju med to biler.",
                15,
                action=("Merke alle skap som skal med", "per.aas", 4),
            ),
            Item(
                "Nettverk",
                "Møterommene får skjerm først uka etter flytting.",
                decision=(
                    "Flytte uten skjermer på møterommene",
                    "Leveringen kan ikke fremskyndes.",
                ),
            ),
        ),
        remark=(
            "amina.said",
            "Skjermene er nå bekreftet til uka før.",
            "Flott, tas opp neste gang.",
        ),
        coming=("amina.said",),
        absent="per.aas",
    ),
}


def beside(cast: Cast, key: str) -> clock.Beside:
    """The latest meeting of a project, and its next."""
    told = MEETINGS[key]
    yield -10, 9
    project = Project.objects.get(key=key)
    known = Series.objects.filter(project=project)
    series = known.filter(key=told.series).first() or known.first()
    meeting = _plan(cast, project, told, series, -7, "Forrige møte")
    yield -7, 10
    _hold(cast, meeting, told)
    yield -6, 9
    _publish(cast, meeting, told)
    yield -2, 13
    coming = _plan(cast, project, told, series, 7, "Åpne aksjoner fra forrige møte")
    commands.call_meeting(_who(cast), coming)
    yield -1, 10
    for who in told.coming:
        mine = Attendance.objects.get(meeting=coming, person=cast[who])
        commands.answer_invitation(actor_for(cast[who]), mine, answer="yes")


def _who(cast: Cast) -> Actor:
    return actor_for(cast["ingrid.lund"])


def _plan(
    cast: Cast, project: Project, told: Told, series: Series | None, day: int, first: str
) -> Meeting:
    starts = timezone.make_aware(datetime.combine(date_in(day), time(10)))
    contacts = Contact.objects.filter(project=project, name__in=told.contacts)
    attendees = [commands.Attendee(id=new_id(), person=cast[who].pk) for who in told.people]
    attendees += [commands.Attendee(id=new_id(), contact=one.pk) for one in contacts]
    lines = [commands.AgendaLine(id=new_id(), title=first, minutes=5)]
    lines += [
        commands.AgendaLine(id=new_id(), title=item.title, minutes=item.minutes)
        for item in told.items
    ]
    return commands.plan_meeting(
        _who(cast),
        project,
        id=new_id(),
        title=series.name if series else "Prosjektmøte",
        series=series.pk if series else None,
        starts_at=starts,
        duration_minutes=series.duration_minutes if series else 60,
        place=told.place,
        attendees=attendees,
        agenda=lines,
    )


def _hold(cast: Cast, meeting: Meeting, told: Told) -> None:
    who = _who(cast)
    meeting = commands.start_meeting(who, meeting)
    absent = cast[told.absent].pk if told.absent else None
    for one in Attendance.objects.filter(meeting=meeting):
        commands.set_attendance(who, one, is_present=one.person_id != absent)
    for item in told.items:
        found = AgendaItem.objects.get(meeting=meeting, title=item.title)
        found = commands.save_item_text(who, found, text=item.text)
        _born(cast, found, item)
    commands.end_meeting(who, meeting)


def _born(cast: Cast, found: AgendaItem, item: Item) -> None:
    project = found.meeting.project
    label = f"{found.meeting.title} {found.label}"
    link = f"{found.meeting.get_absolute_url()}#item-{found.pk}"
    if item.action:
        what, owner, due = item.action
        actions.born(
            _who(cast),
            project,
            title=what,
            owner=cast[owner].pk,
            due_on=date_in(due),
            origin_kind="meeting",
            born_in=found.ref,
            born_label=label,
            born_link=link,
        )
    if item.decision:
        what, why = item.decision
        cases.record_decision(
            _who(cast),
            project,
            id=new_id(),
            title=what,
            reason=why,
            decided_on=timezone.localdate(),
            body=found.meeting.title,
            body_reference=found.label,
            born_in=found.ref,
            born_label=label,
            born_link=link,
        )


def _publish(cast: Cast, meeting: Meeting, told: Told) -> None:
    publishing.publish(_who(cast), meeting, date_in(3))
    by, text, answer = told.remark
    mine = Attendance.objects.get(meeting=meeting, person=cast[by])
    remark = commands.remark_on_minutes(actor_for(cast[by]), mine, id=new_id(), text=text)
    commands.answer_remark(_who(cast), remark, answer=answer)
