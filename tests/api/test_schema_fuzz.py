"""Requests invented from the description of the API: no server error, and answers as described."""

import contextlib
import json
from zlib import crc32

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks
from tests import making
from tests.api.conftest import token_of

from tospann.config import api, expose
from tospann.config.wsgi import application
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.records import reference
from tospann.people import tokens
from tospann.projects.models import Gate, GateCriterion, Goal, Membership, Phase

EXAMPLES = 3
SOME = 10
"""One address in so many is tried every time; with ``--long`` all of them."""
CONFORMS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]


@pytest.fixture
def portal(request, db):
    """A project with something in it, and a program of somebody who may do nearly everything."""
    made = making.project()
    person = made.people[Role.MANAGER]
    making.commands.appoint(SYSTEM, made.project, person=person.pk, role=Role.OWNER)
    headers = {"Authorization": f"Bearer {token_of(person)}", "Accept-Language": request.param}
    for signal in (request_started, request_finished):  # the test's transaction must stay open
        signal.disconnect(close_old_connections)
    yield made, headers
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _operations():
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(api.description())))
    schema.app = application
    return schema


def _records_of(made):
    """One record of each kind the project has, by the kind a command wants."""
    goal = making.inside(lambda: _goal_in(made.project))
    records = [made.project, goal]
    for model in (Phase, Gate, GateCriterion, Membership):
        records += model.objects.filter(project=made.project)[:1]
    return {type(record): reference(record) for record in records}


def _goal_in(project):
    goal = Goal(project=project, description="A goal")
    goal.save()
    return goal


@pytest.mark.parametrize(
    ("portal", "mode"),
    [
        pytest.param("en", GenerationMode.NEGATIVE, marks=pytest.mark.once),
        pytest.param("nb", GenerationMode.POSITIVE, marks=pytest.mark.sqlite_only),
        pytest.param("en", GenerationMode.POSITIVE, marks=pytest.mark.long),
        pytest.param("nb", GenerationMode.NEGATIVE, marks=pytest.mark.long),
    ],
    indirect=["portal"],
)
def test_invented_requests_are_answered_as_described(portal, mode, monkeypatch, pytestconfig):
    made, headers = portal
    monkeypatch.setattr(tokens, "CALLS_A_MINUTE", 1_000_000)
    records = _records_of(made)
    wanted = {command.name: records.get(kind) for command, kind in expose.exposed()}
    is_long = pytestconfig.getoption("--long")
    examples = EXAMPLES * (10 if is_long else 1)
    tried, faults = 0, []
    for found in _operations().get_all_operations():
        operation = found.ok()
        if not is_long and crc32(operation.label.encode()) % SOME:
            continue
        subject = wanted.get(operation.path.rsplit("/", 1)[1])
        try:
            _try(operation, made.project.key, subject, headers, mode, examples)
        except Exception as error:  # noqa: BLE001  # all are wanted, not just the first
            faults.append(f"{operation.label}: {error}")
        tried += 1
    assert not faults, "\n\n".join(faults)
    assert tried > (400 if is_long else 40)


def _try(operation, key, subject, headers, mode, examples):
    @hypothesis.settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def one(case):
        if "key" in case.path_parameters:
            case.path_parameters["key"] = key
        if subject and isinstance(case.body, dict) and "subject" in case.body:
            case.body["subject"] = subject
            case.body["version"] = None
        sent = {**(case.headers or {}), **headers}
        response = case.call(headers=sent)
        case.validate_response(response, checks=CONFORMS)

    with contextlib.suppress(hypothesis.errors.Unsatisfiable):  # nothing to get wrong there
        one()
