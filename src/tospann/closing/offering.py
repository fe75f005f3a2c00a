"""What closing puts on others' pages: the customer's survey in the room, ranges beside a plan."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from tospann.closing import answering, widening
from tospann.closing.models import Audience, Survey, SurveyState
from tospann.foundation.authority import Actor
from tospann.planning.simulate.offers import Offer
from tospann.projects.models import Project
from tospann.rooms.sections import Section


def in_the_room(actor: Actor, project: Project) -> Iterator[Section]:
    """The survey that asks this visitor, until she has answered."""
    asked = Survey.objects.filter(
        project=project, audience=Audience.CUSTOMER, state=SurveyState.OPEN
    )
    for survey in asked:
        survey.project = project
        if answering.waits_for(actor, survey):
            text = _("It takes two minutes. Nobody can see what you answered.")
            href = reverse("room_survey", args=[project.key, survey.number])
            title = _("How did the project go?")
            yield Section(f"survey-{survey.number}", title, text, href, _("Answer"))


def on_ranges(project: Project) -> Iterator[Offer]:
    """How late plans run, where they do."""
    found = widening.offer(project)
    if found is not None:
        href = reverse("lessons_offered", args=[project.key])
        yield Offer(late_sentence(found), href, _("See how, and widen the ranges"))


def late_sentence(found: widening.Offer) -> str:
    words = {"percent": found.percent}
    if found.same_pack:
        return _("Plans of this kind run %(percent)s per cent late.") % words
    return _("Plans in the organisation run %(percent)s per cent late.") % words
