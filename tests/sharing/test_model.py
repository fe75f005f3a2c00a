"""A model test: who is listed as able to see a thing is exactly who can fetch it, on each path.

Random histories of sharing, moving, classifying, throwing away, stopping, pausing, renewing, days
that pass, passwords, rules, roles and closed accounts. *Who can see this?* is compared with what
everybody gets from each page and list, the file, its versions and pictures, the API, the drive,
the search, the zip file, the feeds (changes, history, log, inbox) and the room.
"""

from datetime import timedelta
from itertools import count
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from tests.sharing import portal_model as portals

from tospann.documents import commands as documents
from tospann.documents.models import Document, Folder
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.errors import CommandError
from tospann.foundation.ids import new_id
from tospann.foundation.records import reference
from tospann.people.commands import deactivate_person, reactivate_person
from tospann.people.models import Person
from tospann.projects import commands as projects
from tospann.projects import queries as seen_projects
from tospann.projects.models import Membership
from tospann.sharing import commands, visiting
from tospann.sharing.models import Share

CLASSES = ("open", "internal", "confidential", "strictly_confidential")
EMAILS = ("kari@kunde.no", "per@annet.no")
WHOM = ("member", "other_member", "colleague", "guest")
some = st.integers(0, 9)
roles = st.sampled_from(["view", "comment", "edit"])
days = st.none() | st.integers(0, 3)


class Sharing(RuleBasedStateMachine):
    """One history. Everything it does is rolled back when it ends."""

    portal: portals.Portal
    counted = count(1)

    def __init__(self) -> None:
        super().__init__()
        self.portal.begin()
        self.frame = transaction.atomic()
        self.frame._from_testcase = True  # type: ignore[attr-defined]  # as Django's own tests do
        self.frame.__enter__()
        self.clock = time_machine.travel(timezone.now(), tick=True)
        self.traveller = self.clock.start()
        self.passed = 0

    @initialize(thing=some, kind=st.sampled_from(["guest", "link", "person"]))
    def something_is_shared(self, thing: int, kind: str) -> None:
        """Histories in which nothing is shared say little."""
        self._outside(kind, thing, None, "view", {})

    def _thing(self, number: int) -> Any:
        listed = self.portal.things()
        return self.portal.fresh(listed[number % len(listed)])

    def _share(self, number: int) -> Share | None:
        found = list(Share.objects.select_related("person").order_by("made_at", "id"))
        return found[number % len(found)] if found else None

    def _try(self, act: Any) -> Any:
        """What the rules refuse is refused; the history goes on."""
        try:
            return act()
        except CommandError:
            return None

    def _outside(
        self, kind: str, thing: int, until: int | None, role: str, values: dict[str, Any]
    ) -> None:
        project, who = self.portal.made.project, self.portal.made.manager
        if kind == "person":
            values = {**values, "person": self.portal.people["guest"].pk}
        elif kind == "guest":
            values = {**values, "email": EMAILS[thing % 2]}
        day = None if until is None else timezone.localdate() + timedelta(until)
        one = self._try(
            lambda: commands.share_outside(
                who,
                project,
                id=new_id(),
                reference=reference(self._thing(thing)),
                kind=kind,
                role=role,
                expires_on=day,
                **values,
            )
        )
        if one is not None and kind != "person":
            token = visiting.issue(SYSTEM, one, portals.PASSWORD)
            self.portal.browsers.append(portals.Browser(one.pk, token))

    @rule(thing=some, until=days, asks=st.booleans(), role=st.sampled_from(["view", "upload"]))
    def share_with_guest(self, thing: int, until: int | None, asks: bool, role: str) -> None:
        self._outside("guest", thing, until, role, {"asks_code": asks})

    @rule(thing=some, until=days, asks=st.booleans(), downloads=st.booleans())
    def share_by_link(self, thing: int, until: int | None, asks: bool, downloads: bool) -> None:
        self._outside(
            "link", thing, until, "view", {"asks_password": asks, "may_download": downloads}
        )

    @rule(
        thing=some, whom=st.sampled_from(WHOM), until=days, role=st.sampled_from(["view", "edit"])
    )
    def share_with_person(self, thing: int, whom: str, until: int | None, role: str) -> None:
        if whom == "guest":
            self._outside("person", thing, until, "view", {})
            return
        day = None if until is None else timezone.localdate() + timedelta(until)
        self._try(
            lambda: commands.share(
                self.portal.made.manager,
                self.portal.made.project,
                id=new_id(),
                reference=reference(self._thing(thing)),
                person=self.portal.people[whom].pk,
                role=role,
                expires_on=day,
            )
        )

    @rule(number=some, how=st.sampled_from(["stop_share", "pause_share", "renew", "new_link"]))
    def change_a_share(self, number: int, how: str) -> None:
        one, who = self._share(number), self.portal.made.manager
        if one is None:
            return
        if how == "renew":
            change = commands.change_outside_share if one.is_outside else commands.change_share
            self._try(lambda: change(who, one))  # type: ignore[operator]  # either
        elif how == "new_link":
            self._new_link(one)
        else:
            self._try(lambda: getattr(commands, how)(who, one, reason="Slutt"))

    def _new_link(self, one: Share) -> None:
        token = self._try(lambda: visiting.issue(SYSTEM, one, portals.PASSWORD))
        if token is not None:
            kept = [browser for browser in self.portal.browsers if browser.share_id != one.pk]
            self.portal.browsers[:] = [*kept, portals.Browser(one.pk, token)]

    @rule(document=some, folder=st.none() | some)
    def move(self, document: int, folder: int | None) -> None:
        one = self.portal.fresh(self.portal.documents[document % 3])
        to = None if folder is None else self.portal.folders[folder % 3].pk
        manager = self.portal.made.manager
        self._try(lambda: documents.move_document(manager, one, folder=to))

    @rule(folder=some, into=st.none() | some)
    def move_a_folder(self, folder: int, into: int | None) -> None:
        one = self.portal.fresh(self.portal.folders[folder % 3])
        to = None if into is None else self.portal.folders[into % 3].pk
        self._try(lambda: documents.move_folder(self.portal.made.manager, one, parent=to))

    @rule(thing=some, to=st.sampled_from(CLASSES))
    def classify(self, thing: int, to: str) -> None:
        one, who = self._thing(thing), self.portal.made.manager
        if isinstance(one, Folder):
            values = {"name": one.name, "classification": to}
            self._try(lambda: documents.change_folder(who, one, **values))
        else:
            self._try(lambda: documents.change_document(who, one, classification=to))

    @rule(document=some)
    def throw_away_or_bring_back(self, document: int) -> None:
        one: Document = self.portal.fresh(self.portal.documents[document % 3])
        act = documents.restore_document if one.is_trashed else documents.trash_document
        self._try(lambda: act(self.portal.made.manager, one))

    @rule(
        guests=st.booleans(), links=st.booleans(), password=st.booleans(), case=st.booleans(),
        domain=st.booleans(), most=days, stopped=st.booleans(),
    )  # fmt: skip
    def set_the_rules(self, **chosen: Any) -> None:
        """Mostly loose, so that something is left to see."""
        commands.set_policy(
            self.portal.made.manager,
            self.portal.made.project,
            allows_guests=chosen["guests"],
            allows_links=chosen["links"],
            links_need_password=chosen["password"],
            needs_case=chosen["case"] and chosen["stopped"],
            domains=["kunde.no"] if chosen["domain"] else [],
            max_days=(chosen["most"] or 0) + 1 if chosen["most"] is not None else None,
            is_stopped=chosen["stopped"] and chosen["password"],
        )

    @rule()
    def stop_it_all(self) -> None:
        commands.stop_all_sharing(
            self.portal.made.manager, self.portal.made.project, reason="Feil mottaker"
        )

    @rule(whom=st.sampled_from(["member", "other_member", "guest", "colleague"]))
    def close_or_open_an_account(self, whom: str) -> None:
        person = Person.objects.get(pk=self.portal.people[whom].pk)
        act = deactivate_person if person.is_active else reactivate_person
        self._try(lambda: act(SYSTEM, person))  # type: ignore[operator]  # either

    @rule(whom=st.sampled_from(["member", "other_member", "colleague"]))
    def come_or_leave(self, whom: str) -> None:
        project, person = self.portal.made.project, self.portal.people[whom]
        held = Membership.objects.filter(project=project, person=person).first()
        if held is None:
            self._try(lambda: projects.appoint(SYSTEM, project, person=person.pk, role=Role.MEMBER))
        else:
            self._try(lambda: projects.release(SYSTEM, held))

    @rule(how_many=st.integers(1, 2))
    def days_pass(self, how_many: int) -> None:
        if self.passed + how_many <= 5:
            self.passed += how_many
            self.traveller.shift(timedelta(days=how_many))
            self.portal.sign_in()

    @rule()
    def look(self) -> None:
        """What everybody gets from each list is what *who can see this?* says."""
        got = portals.in_lists(self.portal)
        for one in self.portal.documents:
            document = self.portal.fresh(one)
            wanted = portals.listed(self.portal, document)
            kept = set() if document.is_trashed else wanted
            reached = {
                who for who, found in got.items() if document.pk in set().union(*found.values())
            }
            assert reached == kept, f"{document}: fetched by {reached}, listed {kept}"
            for who, found in got.items():
                self._compare_lists(document, who, found, who in wanted)

    def _compare_lists(self, document: Any, who: str, found: Any, may_see: bool) -> None:
        """The lists of all that somebody sees show it exactly to whom they should.

        Search finds what lies in the room as well, for those who have an account.
        """
        inside = who in self.portal.people and self._is_inside(who)
        for way, shown in found.items():
            kept, is_there = may_see and not document.is_trashed, document.pk in shown
            if way == "room":
                assert is_there <= kept, (way, who, document)
            elif way in ("search", "search_page"):
                assert is_there == kept, (way, who, document)
            else:
                assert is_there == (kept and inside), (way, who, document)

    def _listen(self) -> None:
        """Feeds tell of what their reader sees, and of nothing else."""
        told = portals.told(self.portal)
        for one in self.portal.documents:
            document = self.portal.fresh(one)
            wanted = portals.listed(self.portal, document)
            for who, found in told.items():
                ways = {way for way, shown in found.items() if document.pk in shown}
                assert not ways or (who in wanted and self._is_inside(who)), (ways, who, document)

    def teardown(self) -> None:
        try:
            if connection.needs_rollback:
                return
            self.look()
            self._listen()
            for one in self.portal.documents:
                self._compare(self.portal.fresh(one))
            next(self.counted)
        finally:
            self.clock.stop()
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)

    def _compare(self, document: Document) -> None:
        if document.is_trashed:
            return
        wanted = portals.listed(self.portal, document)
        got = portals.one_by_one(self.portal, document)
        for who, answers in got.items():
            inside = who in self.portal.people and self._is_inside(who)
            expected = who in wanted
            for way in answers.keys() - {"room", "room_file", "room_preview"}:
                assert answers[way] == (expected and inside), (way, who, document, answers)
            for way in answers.keys() & {"room", "room_preview"}:
                assert answers[way] == expected, (way, who, document, answers)
            assert answers.get("room_file", False) <= expected, (who, document, answers)

    def _is_inside(self, who: str) -> bool:
        person = Person.objects.get(pk=self.portal.people[who].pk)
        actor = portals.actor_for(person)
        return seen_projects.sees_project(actor, self.portal.made.project.pk)


def played(histories: int, steps: int) -> int:
    """Play so many histories; returns how many were played to their end."""
    Sharing.portal, Sharing.counted = portals.build(), count(0)
    found = settings(
        max_examples=histories,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=[Phase.generate],
    )
    run_state_machine_as_test(Sharing, settings=found)
    return next(Sharing.counted)


@pytest.fixture(autouse=True)
def a_folder_of_its_own(settings: Any, tmp_path: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.mark.django_db
def test_who_is_listed_is_who_can_fetch() -> None:
    assert played(4, 8) >= 4


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("hundred", range(1, 6))
def test_who_is_listed_is_who_can_fetch_through_five_hundred_histories(hundred: int) -> None:
    """In hundreds, so that a run tells how far it came."""
    assert played(100, 12) >= 100
