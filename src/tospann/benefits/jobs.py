"""Once a day: people are told what they are to measure today."""

from django.utils import timezone
from django.utils.translation import gettext_noop

from tospann.benefits import queries
from tospann.benefits.models import Measurement
from tospann.foundation.authority import Sentence
from tospann.jobs.queue import job
from tospann.jobs.schedule import every
from tospann.notifications.models import Kind
from tospann.notifications.telling import tell

_DUE = gettext_noop("“%(indicator)s” is to be measured by today, for the benefit “%(benefit)s”.")


@every("daily 06:10")
@job()
def tell_what_is_measured_today() -> int:
    """One notice for each; running it again tells nobody twice. Closed projects count too."""
    today = timezone.localdate()
    due = queries.to_measure(today).filter(due_on=today).order_by("pk")
    listed = due.select_related("project", "indicator__benefit__project")
    return sum(_tell(one, f"due:{today}:{one.pk}") for one in listed)


def _tell(one: Measurement, key: str) -> int:
    of = one.indicator
    who = of.responsible_id or of.benefit.owner_id
    said = Sentence(_DUE, {"indicator": of.name, "benefit": of.benefit.title})
    link = of.benefit.get_absolute_url()
    return tell([who], Kind.DUE, said, link, key=key, project=one.project)
