"""Webhooks as a Django app: the worker looks for news after every act that owed something."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "tospann.webhooks"
    label = "webhooks"

    def ready(self) -> None:
        from tospann.jobs.worker import after_reactions
        from tospann.webhooks import commands, jobs  # models are loaded first

        assert commands  # registered by being imported
        after_reactions(jobs.soon)
