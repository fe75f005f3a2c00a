"""Plans of other tools, brought in by page and API, open with the dates of the engine."""

import gzip
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests import making, oracles
from tests.api.conftest import Caller, token_of
from tests.planning.test_chart import Drawn

import planengine as engine
from planengine.formats import mspdi, plan_oracle
from planengine.instants import MINUTE
from tospann.foundation.authority import Role
from tospann.planning import commands
from tospann.planning.models import Plan

pytestmark = [pytest.mark.django_db, pytest.mark.once]
OWN = Path(__file__).parents[1] / "planengine/fixtures/pier.xml"
SMALL = 45_000
"""Bytes of a plan that is tried every time."""


def as_xml(path):
    """The file as it is uploaded: what is kept in the oracles' own form is written as XML first."""
    data = path.read_bytes()
    if path.suffix == ".xml":
        return data
    data = gzip.decompress(data) if path.suffix == ".gz" else data
    return mspdi.write(plan_oracle.read(data).plan).data


def plans():
    found = sorted(oracles.PLANS.rglob("*"))
    if not found:
        yield pytest.param(oracles.PLANS, id="none")
    for path in found:
        if path.suffix in {".xml", ".json", ".gz"} and path.name != "MANIFEST.json":
            large = path.suffix == ".gz" or path.stat().st_size > SMALL
            yield pytest.param(path, id=path.name, marks=[pytest.mark.long] if large else [])


@pytest.fixture
def made():
    project = making.project()
    commands.start_plan(project.manager, project.project)
    return project


@pytest.fixture
def her(client, made):
    client.force_login(made.people[Role.MANAGER])
    return client


def through_the_page(her, made, path):
    """Uploaded, the report read, the button pressed."""
    upload = reverse("plan_import", args=[made.project.key])
    sent = SimpleUploadedFile(f"{path.stem}.xml", as_xml(path), "text/xml")
    read = her.post(upload, {"file": sent})
    assert read.status_code == 302, read.content.decode()
    assert her.get(read.url).status_code == 200
    brought = her.post(read.url, {"base_revision": revision(made)})
    assert brought.status_code == 302
    assert revision(made) == 2


def through_the_api(made, path):
    sent = SimpleUploadedFile(f"{path.stem}.xml", as_xml(path), "text/xml")
    address = f"/api/v1/projects/{made.project.key}/plan/import"
    headers = Caller(token_of(made.people[Role.MANAGER])).headers
    answer = Client().post(address, {"file": sent}, headers=headers)
    assert answer.status_code == 200, answer.content.decode()
    assert answer.json()["revision"] == 2


def revision(made):
    return Plan.objects.get(project=made.project).revision


def opens_with_the_engines_dates(her, made, path):
    """What the editor gets is what the engine makes of the very file, row by row."""
    assert her.get(reverse("plan_chart", args=[made.project.key])).status_code == 200
    sent = her.get(reverse("plan_rows", args=[made.project.key])).json()
    drawn, zero = Drawn().take(sent), sent["zero"]
    plan = mspdi.read(as_xml(path)).plan
    assert drawn.order == [one.uid for one in plan.activities]
    found, parents = engine.schedule(plan), {one.parent for one in plan.activities}
    for one in plan.activities:
        row = drawn.rows[one.uid]
        assert row.get("name", "") == one.name
        if one.mode is engine.Mode.AUTO and one.uid not in parents and one.uid in found.uids:
            start, finish = found[one.uid].start // MINUTE, found[one.uid].finish // MINUTE
            # A column whose values are all the usual one is left empty.
            assert (row["start"] + zero, row.get("length", 0)) == (start, finish - start)


@pytest.mark.parametrize("path", list(plans()))
def test_the_plans_of_others_open_in_the_editor(her, made, path):
    oracles.there(path)
    through_the_page(her, made, path)
    opens_with_the_engines_dates(her, made, path)


@pytest.mark.parametrize("path", list(plans()))
def test_a_program_brings_them_in_too(her, made, path):
    oracles.there(path)
    through_the_api(made, path)
    opens_with_the_engines_dates(her, made, path)


@pytest.mark.parametrize("program", [False, True])
def test_our_own_plan_opens_both_ways(her, made, program):
    if program:
        through_the_api(made, OWN)
    else:
        through_the_page(her, made, OWN)
    opens_with_the_engines_dates(her, made, OWN)
