"""By when the plan should finish, and how far each task can be shortened."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tospann.planning.projection import Row
from tospann.planning.shorten.cheapest import Choice
from tospann.ui.forms import DateField, Form, MoneyField, NumberField


class ShortenForm(Form):
    """A day, and two fields for each task: its fewest working days, what each day saved costs."""

    finish = DateField(label=_("Finished by"))

    def __init__(self, *args: Any, tasks: Sequence[tuple[Row, float]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.uids = [row.uid for row, _days in tasks]
        layout = []
        for row, days in tasks:
            least, cost = f"least_{row.uid}", f"cost_{row.uid}"
            planned = f"{days:.4g}".replace(".", ",")
            said = gettext("%(number)s %(name)s: fewest working days, of %(days)s")
            self.fields[least] = NumberField(
                label=said % {"number": row.number, "name": row.name, "days": planned},
                min_value=0,
                max_value=Decimal(str(days)),
                required=False,
            )
            said = gettext("%(number)s: each day saved costs")
            self.fields[cost] = MoneyField(
                label=said % {"number": row.number}, min_value=0, required=False
            )
            layout.append((least, cost))
        self.layout = layout  # type: ignore[misc]  # as many rows as tasks

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        for uid in self.uids:
            names = (f"least_{uid}", f"cost_{uid}")
            missing = [name for name in names if said.get(name) is None]
            if len(missing) == 1 and missing[0] not in self.errors:
                self.add_error(missing[0], ValidationError(_("Fill in both, or none.")))
        return said

    @property
    def choices(self) -> list[Choice]:
        said = self.cleaned_data
        return [
            Choice(uid, said[f"least_{uid}"], said[f"cost_{uid}"])
            for uid in self.uids
            if said[f"least_{uid}"] is not None
        ]
