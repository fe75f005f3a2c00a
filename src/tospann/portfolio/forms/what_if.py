"""The form of what-if: for each project when it would begin, or that it stops."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext, pgettext

from tospann.portfolio.what_if import MOST_CHOSEN, Choice
from tospann.projects.models import Project
from tospann.ui.forms import Form

STEPS = (1, 2, 4, 8, 13, 26, 52)
STOP = "stop"


class WhatIfForm(Form):
    """One choice for each project; nothing chosen leaves it as it is."""

    def __init__(self, *args: Any, projects: Sequence[Project], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.projects = {f"do_{one.key}": one for one in projects}
        steps = [
            (str(step), ngettext("%(n)s week later", "%(n)s weeks later", step) % {"n": step})
            for step in STEPS
        ]
        choices = [
            ("", pgettext("what if", "As it is")),
            *steps,
            (STOP, pgettext("what if", "Stop it")),
        ]
        for name, one in self.projects.items():
            self.fields[name] = forms.ChoiceField(label=one.name, choices=choices, required=False)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}
        chosen = [name for name in self.projects if typed.get(name)]
        if not chosen and not self.errors:
            self.add_error(None, gettext("Choose what to try with at least one project."))
        if len(chosen) > MOST_CHOSEN:
            words = gettext("Try at most %(n)s projects at a time.") % {"n": MOST_CHOSEN}
            self.add_error(None, words)
        return typed

    def choices(self) -> list[Choice]:
        """What was chosen, in the order of the projects."""
        typed = self.cleaned_data
        chosen = ((one, typed.get(name)) for name, one in self.projects.items())
        return [Choice(one, None if do == STOP else int(do)) for one, do in chosen if do]

    def chosen(self) -> dict[str, str]:
        """The same by the fields' names, to be sent on."""
        return {name: self.cleaned_data[name] for name in self.projects if self.cleaned_data[name]}
