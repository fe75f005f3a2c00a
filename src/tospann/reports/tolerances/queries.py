"""Reading what crossed tolerances have raised."""

from tospann.projects.models import Project
from tospann.reports.models import Crossing
from tospann.risks.models import Deviation


def raised(project: Project) -> dict[str, Deviation]:
    """The deviation of each area that is beyond its tolerance now."""
    open_ = Crossing.objects.filter(project=project, ended_at__isnull=True)
    areas = dict(open_.values_list("deviation_id", "area"))
    found = Deviation.objects.filter(pk__in=list(areas)).select_related("owner", "case")
    return {areas[one.pk]: one for one in found}
