"""Documents are found by name, folder and contents; by whoever may see them, and nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import making
from tests.documents import hostile
from tests.documents.conftest import bytes_of

from tospann.documents import access, commands
from tospann.documents.contents.jobs import examine
from tospann.documents.everywhere import visible_everywhere
from tospann.documents.models import Document
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.reactions import carry_out_owed
from tospann.people.actors import actor_for
from tospann.projects.models import ProjectState
from tospann.search import queries
from tospann.sharing.models import Share

pytestmark = pytest.mark.django_db


def settled():
    carry_out_owed()
    for sha256 in set(Document.objects.values_list("sha256", flat=True)):
        examine.func(sha256)


def names(actor, text):
    found = queries.found(actor, text)
    return [hit.title for hit in found if hit.label == "documents.document"]


def test_it_is_found_by_its_words_and_shows_where(made, add):
    add("Notat.docx", data=hostile.docx("Sykehusprosjektet trenger flere møterom"))
    settled()
    (hit,) = queries.found(made.member, "prosjektene møterommet")
    assert hit.title == "Notat.docx"
    assert ("Sykehusprosjektet", True) in hit.excerpt


def test_a_new_version_is_found_and_the_old_words_are_not(made, add):
    one = add("Notat.docx", data=hostile.docx("gammelt"))
    settled()
    commands.add_version(made.coordinator, one, **bytes_of(hostile.docx("Påbygget")))
    settled()
    assert names(made.member, "påbygg") == ["Notat.docx"]
    assert names(made.member, "gammelt") == []


def test_what_is_in_the_trash_is_not_found(made, add):
    one = add("Notat.docx", data=hostile.docx("hemmelig"))
    settled()
    commands.trash_document(made.coordinator, one)
    carry_out_owed()
    assert names(made.member, "hemmelig") == []
    assert names(made.manager, "hemmelig") == []


def test_a_class_hides_it_from_search_as_from_everything(made, add, folders):
    add("Avtale.docx", folders["02"], hostile.docx("Dagmulkt"))
    settled()
    assert names(made.coordinator, "dagmulkt") == ["Avtale.docx"]
    for stranger in (made.member, made.guest, making.project().manager):
        assert names(stranger, "dagmulkt") == []


def test_a_folder_that_becomes_confidential_hides_what_lies_in_it_at_once(made, add, folders):
    add("Plan.docx", folders["01"], hostile.docx("Oppstart"))
    settled()
    assert names(made.member, "oppstart") == ["Plan.docx"]
    commands.change_folder(
        made.manager, folders["01"], name="Styring", classification="strictly_confidential"
    )
    assert names(made.member, "oppstart") == []


@pytest.mark.parametrize("role", [*making.ROLES, None])
def test_everywhere_says_what_each_project_says(made, add, folders, role):
    other = making.project("Et annet")
    for folder in (None, folders["01"], folders["02"], folders["02.1"]):
        add("A.txt", folder, b"a")
        add("B.txt", folder, b"b", actor=SYSTEM, classification="strictly_confidential")
        add("C.txt", folder, b"c", classification="open")
    actor = actor_for(made.people[role]) if role else other.manager
    expected = {one.pk for place in (made, other) for one in access.visible(actor, place.project)}
    assert set(visible_everywhere(actor).values_list("pk", flat=True)) == expected
    assert bool(expected) is (role not in {Role.GUEST, None})


def test_what_is_shared_with_a_guest_is_found_by_her_alone(made, add):
    one = add("Notat.docx", data=hostile.docx("Delingsklart"))
    add("Annet.docx", data=hostile.docx("Delingsklart og internt"))
    settled()
    making.inside(lambda: made_active(made.project), made.project)
    making.inside(lambda: shared_with(one, made), made.project)
    assert names(made.guest, "delingsklar") == ["Notat.docx"]


def made_active(project):
    """While it is being founded, nothing is shared outside."""
    project.state = ProjectState.ACTIVE
    project.save()


def shared_with(one, made):
    Share(
        project=made.project,
        subject=f"documents.document:{one.pk}",
        person=made.people[Role.GUEST],
        kind="person",
        role="view",
        state="active",
        ceiling="internal",
        counts_from=timezone.localdate(),
        expires_on=timezone.localdate() + timedelta(days=7),
    ).save()
