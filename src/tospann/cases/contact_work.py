"""What a contact's card shows as open besides promises: the actions of the person behind it.

It stands here because it is the first place that knows both actions and contacts.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from tospann.actions import queries as actions
from tospann.projects.models import Project
from tospann.stakeholders.models import Contact
from tospann.ui.formats import short_date
from tospann.ui.jinja import language


def open_actions(project: Project, contact: Contact) -> Sequence[Mapping[str, Any]]:
    """Rows for ``ui.work_list``: one query, none for a contact without a person."""
    if contact.person_id is None:
        return []
    found = actions.open_of(contact.person_id).filter(project=project)
    rows = found.order_by("due_on", "number").values("number", "title", "due_on", "state")[:50]
    return [
        {
            "label": f"{project.key}-{row['number']} {row['title']}",
            "href": f"/p/{project.key}/actions/{row['number']}",
            "note": short_date(row["due_on"], language()) if row["due_on"] else "",
            "tag": gettext("Overdue") if actions.is_overdue(row["due_on"], row["state"]) else "",
            "tone": "danger",
        }
        for row in rows
    ]
