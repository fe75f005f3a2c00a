"""Letting people in from the command line: administrators, API tokens, app passwords."""

import argparse
import getpass
import os
import sys
from datetime import timedelta
from typing import TYPE_CHECKING

import django

from tospann.config.operating.refusals import Refused, say

if TYPE_CHECKING:
    from tospann.people.models import Person

if TYPE_CHECKING:
    from tospann.people.models import Person


def create_admin(asked: argparse.Namespace) -> int:
    """A new person who runs the organisation's settings."""
    _ready()
    from tospann.config.operating.first import administrator
    from tospann.people.models import Person

    email = _email(asked)
    if Person.objects.filter(email__iexact=email).exists():
        raise Refused(f"{email} is already here. Use `tospann recover-admin` to get back in.")
    name = asked.name or _ask("Name: ")
    administrator(email, name, _password(asked, email, name))
    say(f"{name} <{email}> can now sign in as administrator.")
    return 0


def recover_admin(asked: argparse.Namespace) -> int:
    """A new password for somebody locked out; second factors and sessions are removed."""
    _ready()
    from allauth.mfa.models import Authenticator

    from tospann.config.operating.first import administrator
    from tospann.people import sessions
    from tospann.people.models import Person

    email = _email(asked)
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        raise Refused(f"Nobody here has the address {email}. Use `tospann create-admin`.")
    password = _password(asked, person.email, person.name)
    administrator(person.email, person.name, password)
    Authenticator.objects.filter(user=person).delete()
    sessions.end_all(person)
    say(
        f"{person.name} <{person.email}> is administrator with the new password. "
        "Second factors were removed: set them up again."
    )
    return 0


def api_token(asked: argparse.Namespace) -> int:
    """A personal token, shown this once."""
    _ready()
    from django.utils import timezone

    from tospann.foundation.authority import SYSTEM
    from tospann.foundation.ids import new_id
    from tospann.people.commands import create_api_token

    issued = create_api_token(
        SYSTEM,
        _somebody(asked.email),
        id=new_id(),
        name=asked.name,
        scopes=["read"] if asked.read_only else ["read", "write"],
        expires_on=timezone.localdate() + timedelta(days=asked.days),
    )
    say(issued.secret)
    return 0


def app_password(asked: argparse.Namespace) -> int:
    """A password for one device or program, shown this once."""
    _ready()
    from tospann.foundation.authority import SYSTEM
    from tospann.foundation.ids import new_id
    from tospann.people.commands import create_app_password

    person, may_write = _somebody(asked.email), not asked.read_only
    issued = create_app_password(SYSTEM, person, id=new_id(), name=asked.name, may_write=may_write)
    say(issued.secret)
    return 0


def _somebody(email: str) -> "Person":
    from tospann.people.models import Person

    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise Refused(f"Nobody who can sign in has the address {email}.")
    return person


def export_person(asked: argparse.Namespace) -> int:
    """Every row that points to the person or mentions her."""
    _ready()
    from tospann.people.privacy.exporting import export

    if asked.file.exists():
        raise Refused(f"{asked.file} is there already.")
    content = export(_known(asked.email))
    with os.fdopen(os.open(asked.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    say(f"Written: {asked.file} ({len(content)} bytes). Only you can read it; send it safely.")
    return 0


def erase_person(asked: argparse.Namespace) -> int:
    """The account becomes a pseudonym, everywhere; what is final is listed."""
    _ready()
    from tospann.foundation.authority import SYSTEM
    from tospann.foundation.errors import CommandError
    from tospann.people.privacy.commands import erase_person as erase

    try:
        done = erase(SYSTEM, _known(asked.email), reason=asked.reason)
    except CommandError as error:
        raise Refused(error.message) from None
    for what, found in (("removed", done.removed), ("changed", done.changed), ("LEFT", done.left)):
        for table, number in found.items():
            say(f"{what:<8} {number:>7}  {table}")
    say(f"Erased. Details of {done.details} audit entries are gone; LEFT is final, such as signed.")
    return 0


def _known(email: str) -> "Person":
    from tospann.people.queries import person_by_email

    found = person_by_email(email)
    if found is None:
        raise Refused(f"Nobody here has the address {email}.")
    return found


def _ready() -> None:
    django.setup()
    from tospann.config.operating import database

    database.prepare()


def _email(asked: argparse.Namespace) -> str:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    email = (asked.email or _ask("E-mail address: ")).strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(f"{email} is not an e-mail address.") from None
    return email


def _ask(question: str) -> str:
    if not sys.stdin.isatty():
        raise Refused(f"{question.rstrip(': ')} is missing; see --help.")
    return input(question).strip()


def _password(asked: argparse.Namespace, email: str, name: str) -> str:
    """From the file named, or typed twice; never from the command line, where others see it."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from tospann.people.models import Person

    password = _read_password(asked)
    try:
        validate_password(password, Person(email=email, name=name))
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from None
    return password


def _read_password(asked: argparse.Namespace) -> str:
    if asked.password_file is not None:
        if str(asked.password_file) == "-":
            return sys.stdin.readline().rstrip("\n")
        text: str = asked.password_file.read_text()
        return text.splitlines()[0] if text else ""
    if not sys.stdin.isatty():
        raise Refused("The password is missing; use --password-file FILE (- for standard input).")
    password = getpass.getpass("Password (at least 12 characters): ")
    if getpass.getpass("Again: ") != password:
        raise Refused("The two passwords differ.")
    return password
