"""A requirement, a deliverable, a review, a round with a test, and a nonconformity."""

from types import SimpleNamespace

from tospann.foundation.ids import new_id
from tospann.quality import commands
from tospann.quality.models import TestCase


def all_of_it(made, times=1):
    who, project = made.coordinator, made.project
    member = made.people["member"].pk
    for _time in range(times):
        requirement = commands.add_requirement(
            who, project, id=new_id(), title="Svar på <2 s", source="Kontrakt § 4"
        )
        deliverable = commands.add_deliverable(
            who,
            project,
            id=new_id(),
            title="Skjema <A>",
            criteria="- Kan sendes\n- Kan hentes",
            owner=member,
            requirements=[requirement.pk],
        )
        review = commands.plan_review(
            who,
            project,
            id=new_id(),
            title="Gjennomgang <B>",
            deliverable=deliverable.pk,
            reviewers=[member],
            requirements=[requirement.pk],
        )
        tests = commands.plan_round(
            who, project, id=new_id(), title="Runde <C>", deliverable=deliverable.pk, owner=member
        )
        commands.add_cases(
            who, tests, titles=["Send inn <D>"], tester=member, requirements=[requirement.pk]
        )
        fault = commands.raise_nonconformity(
            who, project, id=new_id(), title="Feil <E>", owner=member, grade="A"
        )
    return SimpleNamespace(
        requirement=requirement,
        deliverable=deliverable,
        review=review,
        round=tests,
        case=TestCase.objects.get(round=tests),
        fault=fault,
    )
