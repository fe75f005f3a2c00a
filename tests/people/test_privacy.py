"""All that is known of one person, in a file; and none of it any more."""

import io
import json
import zipfile

import pytest
from django.apps import apps
from django.db.models import TextField
from django.db.models.functions import Cast
from django.urls import reverse
from tests import making
from tests.people.accounts import administrator

from tospann.actions.commands import add_action
from tospann.foundation import audit
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.notifications.mail import queue_mail
from tospann.people.commands import create_api_token, deactivate_person
from tospann.people.models import ApiToken, Person
from tospann.people.privacy import exporting
from tospann.people.privacy.commands import erase_person
from tospann.search import indexing
from tospann.stakeholders.commands import add_contact

pytestmark = pytest.mark.django_db
NAME, EMAIL, PHONE = "Kåre Ødegård", "kare.odegard@example.org", "+47 912 34 567"


@pytest.fixture
def kare():
    """Kåre, member of a project: an action, a contact card, a mail, a token, and a text."""
    made = making.project()
    one = made.people[Role.MEMBER]
    making.inside(lambda: named(one))
    add_action(
        made.manager, made.project, id=new_id(), title=f"Ring {NAME} om hallen", owner=one.pk
    )
    add_contact(made.manager, made.project, id=new_id(), name=NAME, email=EMAIL, phone=PHONE)
    queue_mail("a", EMAIL, "Uka di", f"Hei {NAME}!")
    create_api_token(SYSTEM, one, id=new_id(), name="Skript", scopes=["read"])
    indexing.rebuild()
    return made, one


def named(one):
    one.name, one.email, one.phone = NAME, EMAIL, PHONE
    one.save()


def erased(one, to=None):
    deactivate_person(SYSTEM, one, hand_over_to=to)
    one.refresh_from_db()
    return erase_person(SYSTEM, one, reason="Krav etter artikkel 17")


def places(*texts):
    """Every column of every table that holds one of the texts, however it is written."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.get_internal_type() in {"CharField", "TextField", "JSONField", "EmailField"}:
                rows = model._base_manager.annotate(_all=Cast(field.attname, TextField()))
                for value in rows.values_list("_all", flat=True).iterator():
                    read = (value or "").encode().decode("unicode_escape", "ignore")
                    if any(text in (value or "") or text in read for text in texts):
                        found.add(f"{model._meta.label_lower}.{field.attname}")
    return found


def test_everything_about_her_is_in_the_file(kare):
    _made, one = kare
    with zipfile.ZipFile(io.BytesIO(exporting.export(one))) as file:
        assert NAME in file.read("README.txt").decode()
        told = json.loads(file.read("person.json"))["tables"]
    assert told["people.person"][0]["email"] == EMAIL
    assert {"actions.action", "stakeholders.contact", "notifications.outboxmail"} <= told.keys()
    assert {"people.apitoken", "projects.membership", "foundation.auditdetail"} <= told.keys()
    assert "password" not in told["people.person"][0]
    assert "token_hash" not in told["people.apitoken"][0]
    assert len(told["people.person"]) == 1, "nobody else's account"


def test_nothing_of_her_is_left_anywhere_and_the_chain_stands(kare):
    made, one = kare
    assert {"stakeholders.contact.name", "foundation.auditdetail.changes"} <= places(NAME)
    done = erased(one)
    indexing.rebuild()
    assert places(NAME, EMAIL, PHONE) == set()
    assert list(audit.verify()) == []
    one.refresh_from_db()
    assert (one.is_active, one.phone, one.has_usable_password()) == (False, "", False)
    assert one.name.startswith("Slettet person") or one.name.startswith("Erased person")
    action = made.project.actions.get()
    assert action.title == f"Ring {one.name} om hallen"
    assert not ApiToken.objects.filter(person=one).exists()
    assert (done.left, done.removed["people.apitoken"]) == ({}, 1)


def test_a_name_that_somebody_else_has_too_stays_in_texts(kare):
    made, one = kare
    making.person(NAME, email="den.andre@example.org")
    erased(one)
    assert made.project.actions.get().title == f"Ring {NAME} om hallen"
    assert places(EMAIL, PHONE) == set()


def test_only_who_is_deactivated_is_erased_and_never_by_herself(kare):
    made, one = kare
    from tospann.foundation.errors import Invalid, NotAllowed

    with pytest.raises(Invalid):
        erase_person(SYSTEM, one, reason="For tidlig")
    deactivate_person(SYSTEM, one)
    one.refresh_from_db()
    with pytest.raises(NotAllowed):
        erase_person(made.manager, one, reason="Ikke hennes")
    assert Person.objects.get(pk=one.pk).name == NAME


def test_the_administrator_sees_takes_along_and_erases(client, kare):
    _made, one = kare
    admin = administrator()
    client.force_login(admin, "allauth.account.auth_backends.AuthenticationBackend")
    here = reverse("admin_person_data", args=[one.pk])
    assert b"stakeholders.contact" in client.get(here).content
    assert client.get(reverse("admin_person_data_file", args=[one.pk])).content[:2] == b"PK"
    deactivate_person(SYSTEM, one)
    assert client.post(here, {"email": "feil@example.org", "reason": "Krav"}).status_code == 422
    assert Person.objects.get(pk=one.pk).name == NAME
    assert client.post(here, {"email": EMAIL, "reason": "Krav"}).status_code == 200
    assert places(NAME, EMAIL, PHONE) == set()
    for page in ("admin", "admin_audit"):
        assert client.get(reverse(page)).status_code == 200


def test_everybody_takes_along_her_own_and_nobody_elses(client, kare):
    made, one = kare
    client.force_login(one, "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(reverse("account_data")).content[:2] == b"PK"
    other = made.people[Role.MANAGER].pk
    for name in ("admin_person_data", "admin_person_data_file"):
        assert client.get(reverse(name, args=[other])).status_code == 404


@pytest.mark.long
def test_of_a_demo_with_everything_in_it_only_what_is_final_is_left():
    from tospann.demo.seed import seed

    seed()
    heir, *others = Person.objects.filter(is_active=True, is_external=False).order_by("pk")[:5]
    for one in others:
        name, email = one.name, one.email
        done = erased(one, heir.pk)
        left = {place.rpartition(".")[0] for place in places(name, email)}
        assert left - {"search.entry"} <= done.left.keys()
        assert list(audit.verify()) == []
