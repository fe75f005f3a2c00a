"""A project, a receiver the operator allows, and a webhook to it."""

import pytest
from tests.making import project
from tests.webhooks.receiver import receiving

from tospann.foundation.ids import new_id
from tospann.projects import commands as projects
from tospann.webhooks import commands


@pytest.fixture
def made():
    found = project("Nytt fagsystem")
    projects.accept_founding(found.owner, found.project)
    found.project.refresh_from_db()
    return found


@pytest.fixture
def receiver(settings):
    with receiving() as kept:
        settings.WEBHOOK_HOSTS = frozenset({kept.host})
        settings.BASE_URL = "https://prosjekt.example.org"
        yield kept


@pytest.fixture
def hook(made, receiver):
    """``hook(…)``: a webhook of the project, made by its manager, and its secret."""

    def add(*kinds, address=""):
        done = commands.add_webhook(
            made.manager,
            made.project,
            id=new_id(),
            name="Intranettet",
            address=address or receiver.address,
            kinds=list(kinds),
        )
        return done.webhook, done.secret

    return add
