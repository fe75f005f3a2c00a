"""The organisation's own packs: copied from another, edited as a whole or part by part, retired."""

import json
from typing import Any, Literal

from django.utils.translation import gettext
from pydantic import ValidationError

from tospann.foundation.arguments import Key, Line
from tospann.foundation.authority import Actor, Power
from tospann.foundation.commands import command
from tospann.foundation.errors import Invalid
from tospann.packs import library, queries
from tospann.packs.definition import Pack
from tospann.packs.models import OrganisationPack
from tospann.people.models import Organisation

MOST_BYTES = 1_000_000
Part = Literal[
    "name",
    "description",
    "settings",
    "phases",
    "gates",
    "registers",
    "documents",
    "folders",
    "roles",
    "functions",
    "meetings",
    "plan",
    "tolerances",
    "choices",
    "risk_matrix",
    "status_areas",
    "goal_levels",
    "authority",
    "budget",
]


@command(needs=Power.EDIT_PACKS, undoable=False)
def copy_pack(
    actor: Actor, organisation: Organisation, *, of: Key, key: Key, name: Line
) -> OrganisationPack:
    """Copy a template pack"""
    source = queries.in_use(of)
    if source is None:
        raise Invalid(gettext("There is no such template pack."), "of")
    definition = source.model_dump(mode="json")
    return _keep(definition | {"name": {"nb": name, "en": name}}, key, based_on=of)


@command(needs=Power.EDIT_PACKS, undoable=False, exposed=False)
def upload_pack(
    actor: Actor, organisation: Organisation, *, key: Key, definition: dict[str, Any]
) -> OrganisationPack:
    """Add a template pack from a file"""
    return _keep(definition, key, based_on=str(definition.get("key", ""))[:60])


@command(needs=Power.EDIT_PACKS, exposed=False)
def edit_pack(
    actor: Actor, own: OrganisationPack, *, definition: dict[str, Any]
) -> OrganisationPack:
    """Edit a template pack"""
    version = own.pack_version + 1
    checked = validated({**definition, "key": own.key, "version": version})
    own.definition, own.pack_version = checked.model_dump(mode="json"), version
    own.name = checked.name.nb
    own.save()
    return own


@command(needs=Power.EDIT_PACKS)
def edit_pack_part(
    actor: Actor, own: OrganisationPack, *, part: Part, value: Any
) -> OrganisationPack:
    """Edit a part of a template pack"""
    return edit_pack(actor, own, definition={**own.definition, part: value})


@command(needs=Power.EDIT_PACKS)
def retire_pack(actor: Actor, own: OrganisationPack, *, is_active: bool) -> OrganisationPack:
    """Retire a template pack, or take it into use again"""
    own.is_active = is_active
    own.save()
    return own


def validated(definition: dict[str, Any]) -> Pack:
    """The pack, or Invalid with a line for each thing that is wrong and where it stands."""
    if len(json.dumps(definition, default=str)) > MOST_BYTES:
        raise Invalid(gettext("The pack is too large."), "definition")
    try:
        pack = Pack.model_validate(definition)
    except ValidationError as error:
        lines = [f"{place(definition, e['loc'])}: {_said(e)}" for e in error.errors()[:10]]
        raise Invalid("\n".join(lines)) from None
    known = {template.key for template in library.documents()}
    if missing := [key for key in pack.documents if key not in known]:
        raise Invalid(
            gettext("There is no document template called %(keys)s.")
            % {"keys": ", ".join(missing)},
            "documents",
        )
    return pack


def place(definition: Any, path: tuple[int | str, ...]) -> str:
    """Where in the pack: ``gates · BP3 · criteria · 4``."""
    return library.place(definition, path).replace(".", " · ")


def _said(error: Any) -> str:
    return str(error["msg"]).removeprefix("Value error, ")


def _keep(definition: dict[str, Any], key: str, *, based_on: str) -> OrganisationPack:
    if key in library.PACKS or OrganisationPack.objects.filter(key=key).exists():
        raise Invalid(
            gettext("Another template pack already has the key %(key)s.") % {"key": key}, "key"
        )
    pack = validated({**definition, "key": key, "version": 1})
    own = OrganisationPack(
        key=key,
        name=pack.name.nb,
        definition=pack.model_dump(mode="json"),
        based_on=based_on,
    )
    own.save()
    return own
