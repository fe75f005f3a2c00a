"""Whatever is drafted, rebased, chosen and decided: the plan is what its revisions make of it."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import making

import planengine as engine
from planengine.instants import DAY
from tospann.cases import commands as cases
from tospann.cases.models import Case, CaseState
from tospann.foundation.errors import CommandError
from tospann.planning import commands, dating, store
from tospann.planning.drafts import applying, drafting, queries
from tospann.planning.drafts.models import Draft, DraftState
from tospann.planning.models import Plan
from tospann.planning.revisions.replay import replay
from tospann.planning.skeleton import ENDS, PlannedRow, no_earlier, outline_edits

pytestmark = pytest.mark.django_db
WORKDAY = 450 * 60
FIRST = date(2027, 1, 11)
ROWS = [
    PlannedRow(
        f"Rad {place}", 1, FIRST, FIRST + timedelta(days=4), after=(place - 1,) if place > 1 else ()
    )
    for place in range(1, 6)
] + [PlannedRow("Ferdig", 1, milestone=True, after=(5,))]

uids = st.integers(1, 9)
edits = st.one_of(
    st.builds(engine.RenameActivity, uids, st.sampled_from(["Grave", "Støpe", "Bygge"])),
    st.builds(lambda uid, days: engine.SetDuration(uid, days * WORKDAY), uids, st.integers(0, 9)),
    st.builds(engine.RemoveActivity, uids),
    st.builds(lambda a, b: engine.AddLink(engine.Link(a, b)), uids, uids),
    st.builds(lambda a, b: engine.RemoveLink(a, b, engine.LinkKind.FS), uids, uids),
    st.builds(engine.MoveActivity, uids, st.none() | uids, st.integers(0, 3)),
    st.builds(
        lambda uid, days: engine.SetConstraint(
            uid, no_earlier((engine.day(FIRST) + days) * DAY + ENDS)
        ),
        uids,
        st.integers(0, 60),
    ),
    st.builds(lambda uid: engine.AddActivity(engine.Activity(uid, "Ny", duration=WORKDAY)), uids),
    st.builds(engine.SetMode, uids, st.sampled_from(list(engine.Mode))),
)
acts = st.one_of(
    st.tuples(st.just("change"), edits),
    st.tuples(st.just("open"), edits),
    st.tuples(st.just("add"), edits),
    st.tuples(
        st.sampled_from(["undo", "redo", "out", "follow", "apply", "submit", "decide", "freeze"]),
        st.sampled_from(["mine", "theirs"]),
    ),
)


class Players:
    """The project's people doing one thing after another; what is refused changes nothing."""

    def __init__(self):
        self.made = making.project()
        who = self.made.coordinator
        commands.start_plan(who, self.made.project, edits=outline_edits(ROWS))

    @property
    def head(self):
        return Plan.objects.get(project=self.made.project)

    @property
    def draft(self):
        mine = Draft.objects.filter(project=self.made.project, state=DraftState.OPEN)
        return mine.order_by("-created_at").first()

    def do(self, act, with_):
        before = self.head.revision
        try:
            getattr(self, act)(with_)
        except CommandError:
            assert self.head.revision == before

    def change(self, edit):
        said = [engine.edit_to_json(edit)]
        who, head = self.made.manager, self.head
        commands.apply_edits(who, head, base_revision=head.revision, edits=said)

    def open(self, edit):
        drafting.open_draft(self.made.coordinator, self.head, "Utkast", [engine.edit_to_json(edit)])

    def add(self, edit):
        if self.draft:
            self.follow("mine")
            said = [engine.edit_to_json(edit)]
            drafting.add(self.made.coordinator, self.head, self.draft, said)

    def undo(self, _):
        if self.draft:
            drafting.undo(self.head, self.draft)

    def redo(self, _):
        if self.draft:
            drafting.redo(self.head, self.draft)

    def out(self, _):
        if self.draft and self.draft.counting:
            drafting.take_out(self.head, self.draft, self.draft.counting[0]["n"])

    def follow(self, choice):
        """Bring the draft along, choosing alike about everything until nothing is left."""
        for _round in range(5):
            draft = self.draft
            if draft is None:
                return
            left = drafting.follow(self.made.coordinator, self.head, draft)
            if not left:
                return
            choices = {one.key: choice if one.may_keep else "theirs" for one in left}
            drafting.follow(self.made.coordinator, self.head, draft, choices)
        raise AssertionError("there was always something more to choose about")

    def apply(self, choice):
        self.follow(choice)
        if self.draft:
            applying.apply(self.made.manager, self.head, self.draft)

    def submit(self, choice):
        self.follow(choice)
        if self.draft:
            applying.open_case(
                self.made.coordinator, self.head, self.draft, title="Sak", recommendation="Ja"
            )

    def decide(self, _):
        waiting = Case.objects.filter(project=self.made.project, state=CaseState.SUBMITTED)
        if case := waiting.first():
            cases.decide(self.made.manager, case, alternative="A")

    def freeze(self, _):
        commands.set_baseline(self.made.owner, self.head, base_revision=self.head.revision)


@settings(
    max_examples=settings.default.max_examples // 4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(acts, min_size=4, max_size=14))
def test_no_sequence_leaves_another_plan_than_its_revisions_make(db, done):
    players = Players()
    for act, with_ in done:
        players.do(act, with_)
    store._kept.clear()
    dating._kept.clear()
    assert replay(players.head).faults == []
    draft = players.draft
    if draft is not None:
        players.follow("mine")
        assert queries.draft(players.made.coordinator, players.made.project, draft.pk)
        drafting.tried(players.head, players.draft)
