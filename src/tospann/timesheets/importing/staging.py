"""A file of hours between being read and being recorded."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import IO, Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext

from tospann.budget.importing import cells
from tospann.budget.importing.headings import cell
from tospann.foundation.authority import Actor
from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.jobs import confined, incoming
from tospann.projects.models import Project
from tospann.timesheets.importing import checking
from tospann.timesheets.models import StagedHours

MOST_BYTES = 10 * confined.MEGABYTE
NAMED = 10
"""Spoiled cells that are named in one sentence."""


def most_bytes() -> int:
    """The largest file that is read."""
    return MOST_BYTES


def stage(actor: Actor, project: Project, file: IO[bytes], name: str) -> StagedHours:
    """Read a file and keep its cells for a day. ``Invalid`` says why it cannot be read."""
    content, _file_hash = cells.read(file, MOST_BYTES)
    _refuse_spoiled(content)
    rows = content["rows"]
    if len(rows) > checking.MOST_ROWS:
        said = gettext("The file has more than %(most)s rows. Divide it.")
        raise Invalid(said % {"most": checking.MOST_ROWS}, "file")
    now = timezone.now()
    mine = Q(person_id=actor.person_id, project=project)
    StagedHours.objects.filter(mine | Q(expires_at__lt=now)).delete()
    return StagedHours.objects.create(
        id=new_id(),
        project=project,
        person_id=actor.person_id,
        file_name=incoming.shown_name(name, "hours.csv"),
        content_hash=hashlib.sha256(json.dumps(rows).encode()).hexdigest(),
        rows=rows,
        expires_at=now + incoming.KEPT_FOR,
    )


def of(actor: Actor, project: Project, pk: UUID) -> StagedHours:
    """One's own file, while it is kept."""
    mine = StagedHours.objects.filter(Q(person=actor.person_id), project=project)
    found = mine.filter(pk=pk, expires_at__gte=timezone.now()).first()
    if found is None:
        raise Http404
    return found


def _refuse_spoiled(content: Mapping[str, Any]) -> None:
    """A formula and merged cells say nothing by themselves: they are named."""
    areas = [f"{cell(*area[:2])}:{cell(*area[2:])}" for area in content["merged"]]
    if content["formulas"]:
        said = gettext("Formulas stand in %(cells)s. Paste their values instead.")
        raise Invalid(said % {"cells": _first_of(content["formulas"])}, "file")
    if areas:
        said = gettext("%(cells)s are merged. Split them, so that each row has its own.")
        raise Invalid(said % {"cells": _first_of(areas)}, "file")


def _first_of(named: Sequence[str]) -> str:
    return ", ".join(named[:NAMED]) + (" …" if len(named) > NAMED else "")
