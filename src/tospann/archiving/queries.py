"""Reading of archive packages: for whoever may close the project, and who audits."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tospann.archiving.models import Package
from tospann.archiving.schemas import SETTING
from tospann.foundation.authority import Actor, Power, Role, rule
from tospann.projects.models import Project
from tospann.ui import formats
from tospann.ui.jinja import language


def may_make(actor: Actor, project: Project) -> bool:
    """A package holds everything, also what only few may read: for whoever may close alone."""
    return rule(actor, Power.CLOSE_PROJECT, project.pk).may_decide


def may_fetch(actor: Actor, project: Project) -> bool:
    return may_make(actor, project) or Role.AUDITOR in actor.organisation_roles


def packages(actor: Actor, project: Project) -> QuerySet[Package]:
    """The newest first; none for whoever may not fetch them."""
    found = Package.objects.filter(project=project).select_related("made_by")
    return found if may_fetch(actor, project) else found.none()


def package(actor: Actor, project: Project, pk: int) -> Package:
    found = packages(actor, project).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def remarks(of: Package) -> list[str]:
    """What the archive should know, in words."""
    return [_remark(code, number) for code, number in of.remarks]


def _remark(code: str, number: int) -> str:
    if code == "missing":
        said = ngettext(
            "%(num)s file is missing or damaged and not in the package.",
            "%(num)s files are missing or damaged and not in the package.",
            number,
        )
    elif code == "no_lasting_copy":
        said = ngettext(
            "%(num)s file has no copy in a lasting format.",
            "%(num)s files have no copy in a lasting format.",
            number,
        )
    elif code == "not_validated":
        told = _(
            "The Noark extract has not been validated: this portal has not been given the "
            "published schemas. Whoever runs it names their folder in %(setting)s."
        )
        return told % {"setting": SETTING}
    else:
        said = _("Something to look at: %(num)s")
    return said % {"num": number}


def shown(of: Package) -> dict[str, Any]:
    return {
        "pk": of.pk,
        "made_at": of.made_at,
        "made_by": of.made_by.name if of.made_by else "",
        "documents": of.documents,
        "files": of.files,
        "size": of.size,
        "shown_size": formats.size(of.size, language()),
        "sha256": of.sha256,
        "remarks": remarks(of),
    }
