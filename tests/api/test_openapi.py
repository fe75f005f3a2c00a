"""The description of the API: committed, so that every change of it is seen and meant."""

import json
from pathlib import Path

import pytest
from django.test import Client
from ninja import Schema

from tospann.config import api
from tospann.foundation.commands import COMMANDS

SNAPSHOT = Path(__file__).with_name("openapi.json")
RENEW = "./dev exec tospann openapi > tests/api/openapi.json"


def test_the_description_is_the_committed_one():
    written = json.loads(SNAPSHOT.read_text())
    now = json.loads(json.dumps(api.description()))
    changed = sorted(
        address
        for address in written["paths"].keys() | now["paths"].keys()
        if written["paths"].get(address) != now["paths"].get(address)
    )
    assert written == now, f"the API has changed ({changed[:10]}); if meant: {RENEW}"


def test_every_command_that_is_not_kept_inside_has_an_address():
    addresses = {address.rsplit("/", 1)[1] for address in api.description()["paths"]}
    wanted = {name for name, command in COMMANDS.items() if command.exposed}
    wanted = {name for name in wanted if not name.startswith("test")}
    assert wanted <= addresses, f"not in the API: {sorted(wanted - addresses)}"


def test_every_address_says_what_can_go_wrong():
    for address, operations in api.description()["paths"].items():
        for operation in operations.values():
            assert {"401", "403", "422", "500"} <= set(operation["responses"]), address
            assert operation["summary"], address


@pytest.mark.django_db
def test_the_description_is_served_and_nothing_else_is_open():
    served = Client().get("/api/v1/openapi.json")
    assert served.status_code == 200
    assert served.json()["openapi"].startswith("3.")
    for address in ("docs", "projects", "nothing/here"):
        assert Client().get(f"/api/v1/{address}").status_code in {401, 404}


def test_no_two_schemas_share_a_name():
    """The description would show one of them for both."""
    api.description()  # the addresses are read when they are first needed
    seen: dict[str, str] = {}
    for schema in _schemas(Schema):
        if schema.__module__.startswith("tospann."):
            place = seen.setdefault(schema.__name__, schema.__module__)
            assert place == schema.__module__, f"{schema.__name__} in {place} too"
    assert len(seen) > 50


def _schemas(of):
    for one in of.__subclasses__():
        yield one
        yield from _schemas(one)
