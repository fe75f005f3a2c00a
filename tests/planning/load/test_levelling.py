"""Levelling becomes a draft with what each move costs, and never changes the plan by itself."""

from decimal import Decimal

import pytest
from django.urls import reverse

import planengine as engine
from tospann.budget import commands as budget
from tospann.foundation.authority import Role
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.jobs.models import Progress
from tospann.planning import commands
from tospann.planning.drafts import drafting
from tospann.planning.drafts.models import Draft
from tospann.planning.load import jobs, levelling, moves
from tospann.planning.load.levelling import Asked
from tospann.planning.models import Plan

pytestmark = pytest.mark.django_db


def levelled(made, head, **asked):
    draft = levelling.draft(made.coordinator, head, Asked(**asked))
    return moves.of_change(head, drafting.tried(head, draft))


def test_what_must_wait_becomes_a_draft_and_the_plan_stays(made, head):
    found = levelled(made, head)
    fresh = Plan.objects.get(pk=head.pk)
    assert (fresh.revision, fresh.content_hash) == (head.revision, head.content_hash)
    assert found.over == (37.5, 0)
    draft = Draft.objects.get()
    assert draft.is_open
    assert {edit["kind"] for edit in draft.edits} == {"activity.levelling_delay"}
    assert draft.opened_by_id == made.people[Role.COORDINATOR].pk
    # applied, nothing collides any more
    commands.apply_edits(made.coordinator, fresh, base_revision=fresh.revision, edits=draft.edits)
    with pytest.raises(Invalid):
        levelling.draft(made.coordinator, Plan.objects.get(pk=head.pk), Asked())


def test_each_move_says_how_much_later_beyond_its_slack_and_what_it_costs(made, head):
    budget.start_budget(made.manager, made.project, id=new_id())
    rig = {"name": "Rigg", "amount": Decimal(150_000), "is_running": True}
    budget.add_line(made.manager, made.project, id=new_id(), **rig)
    found = levelled(made, head)
    by_name = {one.name: one for one in found.moves}
    crane = next(one for name, one in by_name.items() if name.startswith("Løfte"))
    assert crane.waits_for == ("Kran",)
    assert crane.days > 0
    assert crane.cost == moves.cost_of(crane.beyond, found.per_week) > 0
    assert found.days == max(one.beyond for one in found.moves)
    assert found.finishes[1] > found.finishes[0]


def test_within_the_slack_the_finish_stays_and_what_is_left_is_told_with_its_reason(made, head):
    found = levelled(made, head, within_slack=True)
    assert found.days == 0
    assert found.over[1] < found.over[0]
    assert any("Kran" in said for said in found.left)


def test_the_thorough_search_is_a_job_that_tells_how_far_it_is(made, head, visit):
    client = visit(Role.COORDINATOR)
    answer = client.post(
        f"/p/{made.project.key}/plan/level", {"which": "best", "order": "standard"}
    )
    work = Progress.objects.get()
    assert answer.url == reverse("job_progress", args=[work.pk])
    told = []
    levelling.draft(made.coordinator, head, Asked("best"), lambda *said: told.append(said))
    assert told[0] == (10, levelling.SCHEDULES)
    Draft.objects.all().delete()
    jobs.level_thoroughly.func(
        work=str(work.pk), key=made.project.key, person=str(work.person_id),
        order="standard", within_slack=False,
    )  # fmt: skip
    work.refresh_from_db()
    draft = Draft.objects.get()
    assert (work.state, work.link) == (
        "done", f"/p/{made.project.key}/plan/drafts/{draft.pk}/load",
    )  # fmt: skip
    assert "2" in draft.name


def test_the_job_says_when_there_is_nothing_to_level(made, head):
    edits = [engine.edit_to_json(engine.RemoveActivity(uid)) for uid in (2, 4)]
    commands.apply_edits(made.manager, head, base_revision=head.revision, edits=edits)
    work = Progress.objects.create(person=made.people[Role.MANAGER], title={})
    jobs.level_thoroughly.func(
        work=str(work.pk), key=made.project.key, person=str(work.person_id),
        order="standard", within_slack=False,
    )  # fmt: skip
    work.refresh_from_db()
    assert work.state == "failed"
    assert work.what_went_wrong
    assert not Draft.objects.exists()


def test_the_pages_show_the_load_and_what_a_draft_does_to_it(made, head, visit):
    client = visit(Role.COORDINATOR)
    shown = client.get(f"/p/{made.project.key}/plan/load").content.decode()
    assert "Kran" in shown
    assert made.people[Role.MEMBER].name in shown
    assert shown.count('<svg class="load-picture"') == 2
    answer = client.post(
        f"/p/{made.project.key}/plan/level", {"which": "fast", "order": "standard"}
    )
    shown = client.get(answer.url).content.decode()
    assert "load-now" in shown
    assert "load-was" in shown
    assert "Kran" in shown
    again = client.post(f"/p/{made.project.key}/plan/level", {"which": "fast", "order": "sideways"})
    assert again.status_code == 422


def test_whoever_may_not_change_the_plan_sees_the_load_and_no_button(made, head, visit):
    client = visit(Role.OWNER)
    shown = client.get(f"/p/{made.project.key}/plan/load")
    assert shown.status_code == 200
    assert "/plan/level" not in shown.content.decode()
    assert client.get(f"/p/{made.project.key}/plan/level").status_code == 403
    assert visit(Role.GUEST).get(f"/p/{made.project.key}/plan/load").status_code == 404
