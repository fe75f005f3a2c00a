"""Inviting, changing and deactivating people; roles, deputies and tokens."""

from datetime import date, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone
from django.utils.translation import gettext_lazy
from tests.making import organisation, person, project
from tests.people.accounts import account, acting, administrator, invited

from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.commands import COMMANDS, submit
from tospann.foundation.errors import Invalid, NotAllowed, Stale
from tospann.foundation.ids import new_id
from tospann.foundation.models import AuditDetail, AuditEntry
from tospann.foundation.undo import undo
from tospann.people import administration, commands, handover, queries, tokens
from tospann.people.models import ApiToken, Deputy, Organisation, Person

pytestmark = pytest.mark.django_db


def last_entry():
    return AuditEntry.objects.select_related("detail").latest("id")


def test_an_invited_person_has_a_known_address_and_no_password():
    found = invited(email="Ny.Person@Example.org")
    assert found.email == "ny.person@example.org"
    assert not found.has_usable_password()
    assert EmailAddress.objects.get(user=found).verified


def test_an_address_belongs_to_one_person_however_it_is_written():
    invited(email="kari@example.org")
    with pytest.raises(Invalid) as refused:
        invited(email="KARI@example.org ")
    assert refused.value.field == "email"


@pytest.mark.parametrize("email", ["", "kari", "kari@", "a b@example.org", "x" * 250 + "@e.no"])
def test_what_is_no_address_is_refused(email):
    organisation()
    with pytest.raises(Invalid):
        invited(email=email)
    assert Person.objects.count() == 0


def test_only_administrators_invite():
    somebody = acting(person())
    with pytest.raises(NotAllowed):
        commands.invite_person(
            somebody, organisation(), id=new_id(), email="a@example.org", name="A"
        )


def test_a_new_address_replaces_the_old_one():
    found = invited()
    commands.change_email(SYSTEM, found, email="Annen@example.org")
    assert [a.email for a in EmailAddress.objects.filter(user=found)] == ["annen@example.org"]
    assert queries.person_by_email("ANNEN@example.org") == found


def test_everybody_keeps_their_own_profile_and_nobody_elses():
    me, other = person(), person()
    commands.change_own_profile(acting(me), me, name="Nytt Navn", title="Sjef")
    assert queries.person(me.pk).name == "Nytt Navn"
    with pytest.raises(NotAllowed):
        commands.change_own_profile(acting(me), other, name="Ikke mitt")


def test_a_change_of_profile_can_be_undone_and_stale_ones_are_refused():
    me = person("Før Endring")
    commands.change_own_profile(acting(me), me, name="Etter Endring")
    entry = last_entry()
    with pytest.raises(Stale):
        submit(acting(me), commands.change_own_profile.on(me, me.version), name="For sent")
    undo(acting(me), entry)
    assert queries.person(me.pk).name == "Før Endring"


def test_the_last_administrator_stays():
    admin = administrator()
    with pytest.raises(Invalid):
        commands.take_organisation_role(acting(admin), admin, role=Role.ADMINISTRATOR)
    with pytest.raises(Invalid):
        commands.deactivate_person(acting(admin), admin)
    second = administrator("Bente Bistand")
    commands.deactivate_person(acting(second), admin)
    with pytest.raises(Invalid):  # the deactivated one does not count
        commands.take_organisation_role(acting(second), second, role=Role.ADMINISTRATOR)


def test_organisation_roles_are_for_people_of_the_organisation_and_given_once():
    somebody, guest = person(), person(is_external=True)
    commands.give_organisation_role(SYSTEM, somebody, role=Role.AUDITOR)
    assert acting(somebody).organisation_roles == {Role.AUDITOR}
    for whom, role in [(somebody, Role.AUDITOR), (guest, Role.AUDITOR), (somebody, Role.MANAGER)]:
        with pytest.raises(Invalid):
            commands.give_organisation_role(SYSTEM, whom, role=role)


def test_deactivating_hands_work_over_and_ends_what_gave_access(monkeypatch):
    monkeypatch.setattr(handover, "_kinds", [])
    given = []
    handover.on_deactivation(
        handover.OpenWork(
            gettext_lazy("Work of a test"),
            lambda who: 3,
            lambda actor, who, to: given.append((who.pk, to.pk if to else None)),
        )
    )
    leaving, successor = account("Gro Går"), person()
    today = timezone.localdate()
    secret = administration.api_token(leaving.email, "skript", ["read"])
    commands.appoint_deputy(
        SYSTEM, leaving, id=new_id(), deputy=successor.pk, starts_on=today, ends_on=today
    )
    assert handover.open_work(leaving) == [("Work of a test", 3, ())]
    commands.deactivate_person(SYSTEM, leaving, hand_over_to=successor.pk)
    assert given == [(leaving.pk, successor.pk)]
    assert tokens.actor_of(secret) is None
    assert not Deputy.objects.exists()
    assert acting(queries.person(leaving.pk)).person_id is None
    commands.reactivate_person(SYSTEM, leaving)
    assert tokens.actor_of(secret) is None


def test_work_is_not_handed_over_to_somebody_who_left():
    leaving, left = person(), person(is_active=False)
    with pytest.raises(Invalid):
        commands.deactivate_person(SYSTEM, leaving, hand_over_to=left.pk)
    assert queries.person(leaving.pk).is_active


def test_a_deputy_holds_the_roles_between_two_dates_and_says_for_whom():
    made, standing_in = project(), person()
    manager = made.people[Role.MANAGER]
    with time_machine.travel(date(2027, 3, 1), tick=False):
        commands.appoint_deputy(
            acting(manager),
            manager,
            id=new_id(),
            deputy=standing_in.pk,
            starts_on=date(2027, 3, 3),
            ends_on=date(2027, 3, 4),
        )
    held = {}
    for day in range(2, 6):
        with time_machine.travel(date(2027, 3, day), tick=False):
            held[day] = acting(standing_in).roles_in(made.project.pk)
            if held[day]:
                for_whom = acting(standing_in).deputises_as(made.project.pk, Role.MANAGER)
                assert for_whom == manager.name
    assert held == {2: frozenset(), 3: {Role.MANAGER}, 4: {Role.MANAGER}, 5: frozenset()}


def test_an_administrator_arranges_deputies_but_does_not_become_one_herself():
    admin, colleague = administrator(), person()
    manager = project().people[Role.MANAGER]
    days = {"starts_on": timezone.localdate(), "ends_on": timezone.localdate()}
    with pytest.raises(Invalid):
        commands.appoint_deputy(acting(admin), manager, id=new_id(), deputy=admin.pk, **days)
    assert not acting(admin).roles
    commands.appoint_deputy(acting(admin), manager, id=new_id(), deputy=colleague.pk, **days)
    assert acting(colleague).roles


def test_ending_a_deputy_takes_effect_at_once():
    me, standing_in = person(), person()
    today = timezone.localdate()
    begun = commands.appoint_deputy(
        acting(me),
        me,
        id=new_id(),
        deputy=standing_in.pk,
        starts_on=today - timedelta(days=3),
        ends_on=today + timedelta(days=3),
    )
    with pytest.raises(NotAllowed):
        commands.end_deputy(acting(standing_in), begun)
    commands.end_deputy(acting(me), begun)
    assert Deputy.objects.get().ends_on == today - timedelta(days=1)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"starts_on": date(2999, 1, 2), "ends_on": date(2999, 1, 1)}, "ends_on"),
        ({"starts_on": date(2020, 1, 1), "ends_on": date(2020, 1, 2)}, "ends_on"),
        ({"external": True}, "deputy"),
        ({"self": True}, "deputy"),
    ],
)
def test_a_deputy_who_makes_no_sense_is_refused(values, field):
    me = person()
    chosen = me if values.pop("self", False) else person(is_external=values.pop("external", False))
    values = {"starts_on": date(2999, 1, 1), "ends_on": date(2999, 1, 2)} | values
    with pytest.raises(Invalid) as refused:
        commands.appoint_deputy(acting(me), me, id=new_id(), deputy=chosen.pk, **values)
    assert refused.value.field == field


def test_a_token_is_shown_once_kept_as_a_hash_and_absent_from_the_log():
    me = person()
    issued = commands.create_api_token(
        acting(me), me, id=new_id(), name="skript", scopes=["write"], expires_on=None
    )
    assert len(issued.secret) >= 43
    assert issued.secret.startswith(issued.token.prefix)
    kept = ApiToken.objects.get()
    assert issued.secret not in str(vars(kept))
    logged = "".join(str((d.arguments, d.changes)) for d in AuditDetail.objects.all())
    assert issued.secret not in logged
    assert kept.token_hash not in logged


def test_a_token_acts_with_its_scopes_until_it_expires_or_is_revoked():
    me = person()
    today = timezone.localdate()
    reads = administration.api_token(me.email, "leser", ["read"], expires_on=today)
    writes = administration.api_token(me.email, "skriver", ["write"])
    assert tokens.actor_of(reads).scopes == {"read"}
    assert tokens.actor_of(writes).scopes == {"read", "write"}
    with pytest.raises(NotAllowed):
        commands.change_own_profile(tokens.actor_of(reads), me, name="Ny")
    commands.change_own_profile(tokens.actor_of(writes), me, name="Ny")
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert tokens.actor_of(reads) is None
    commands.revoke_api_token(acting(me), ApiToken.objects.get(name="skriver"))
    assert tokens.actor_of(writes) is None
    assert tokens.actor_of("tos_unknown") is None


def test_a_token_cannot_make_tokens_over_the_api():
    assert not COMMANDS["people.create_api_token"].exposed


def test_nobody_makes_a_token_for_somebody_else():
    me, other = administrator(), person()
    with pytest.raises(NotAllowed):
        commands.create_api_token(acting(me), other, id=new_id(), name="x", scopes=["read"])


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("974760673", True),
        ("974 760 673", True),
        ("974760674", False),
        ("12345678", False),
        ("", True),
    ],
)
def test_an_organisation_number_has_a_check_digit(number, valid):
    found, admin = organisation(), administrator()
    if valid:
        commands.edit_organisation(acting(admin), found, name="Ny", organisation_number=number)
        assert Organisation.objects.get().organisation_number == number.replace(" ", "")
    else:
        with pytest.raises(Invalid):
            commands.edit_organisation(acting(admin), found, name="Ny", organisation_number=number)


def test_the_first_administrator_and_the_one_who_is_locked_out():
    link = administration.create_admin("sjef@example.org", "Sjef Sjefsen")
    assert "/account/password/reset/key/" in link
    assert Organisation.objects.get().name == "Tospann"
    sjef = queries.person_by_email("SJEF@example.org")
    second = administrator()
    commands.deactivate_person(acting(second), sjef)
    assert "/account/password/reset/key/" in administration.recover_admin("Sjef@Example.org")
    assert Role.ADMINISTRATOR in acting(queries.person(sjef.pk)).organisation_roles
    with pytest.raises(Invalid):
        administration.recover_admin("ukjent@example.org")
