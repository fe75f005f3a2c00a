"""On my own page: mail that is to be sorted, and questions from outside that wait for my answer."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tospann.home import overview
from tospann.mailbox.models import Message, MessageState
from tospann.projects.models import ProjectState
from tospann.rooms.models import Question
from tospann.ui.round_trip import Lists, Row, Rows

Item = dict[str, Any]
MOST = 12
_PLACE = {"key": "project__key", "project_name": "project__name"}


def rows(person: UUID, mine: Iterable[UUID], kept: Iterable[UUID]) -> dict[str, Rows]:
    """For the page's one query: mail in the projects I keep, and my own questions."""
    return {"mail": _mail(kept), "questions": _questions(person, mine)}


def _mail(kept: Iterable[UUID]) -> Rows:
    waits = Message.objects.filter(project__in=list(kept), state=MessageState.UNSORTED)
    found = waits.order_by().values("project__key", "project__name")
    counted = found.annotate(n=Count("pk"), since=Min("received_at")).order_by("since")
    return Rows(counted[:MOST], n="n", since="since", **_PLACE)


def _questions(person: UUID, mine: Iterable[UUID]) -> Rows:
    waits = Question.objects.filter(project__in=list(mine), owner=person, answered_at=None)
    first = waits.exclude(project__state=ProjectState.CLOSED).order_by("due_on", "pk")[:MOST]
    return Rows(first, id="pk", text="text", who="asked_name", due_on="due_on", **_PLACE)


def to_prepare(lists: Lists) -> list[Item]:
    """For the block of what is to be prepared."""
    return [
        *(_question(row) for row in lists["questions"]),
        *(_waiting(row) for row in lists["mail"]),
    ]


def _waiting(row: Row) -> Item:
    said = ngettext("%(n)s mail to be sorted", "%(n)s mails to be sorted", row["n"])
    return {
        "label": said % {"n": row["n"]},
        "href": reverse("mail", args=[row["key"]]),
        "note": row["project_name"],
        "tag": _("New"),
        "tone": "info",
    }


def _question(row: Row) -> Item:
    tag, tone = overview.need_by(row["due_on"]) if row["due_on"] else (_("New"), "info")
    return {
        "label": _("Answer: %(what)s") % {"what": row["text"].partition("\n")[0][:120]},
        "href": reverse("answer_room_question", args=[row["key"], row["id"]]),
        "note": f"{row['project_name']} · {row['who']}",
        "tag": tag,
        "tone": tone,
    }
