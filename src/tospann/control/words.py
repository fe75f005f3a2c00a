"""What the indices mean, in plain sentences: a reader need not know what CPI is."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planengine import Figures, Forecast, TimeFigures
from tospann.ui import formats
from tospann.ui.jinja import language

POOR = 0.9
"""Experience: below it a project is in trouble."""
AS_PLANNED = 0.97
UNREALISTIC = 1.2
"""Experience: a project seldom works so much better from one day to the next."""
EARLY = 0.2
"""Before so much is earned, indices swing."""


@dataclass(frozen=True)
class Index:
    """One index: its short name, its value (None: cannot be worked out), its state and meaning."""

    key: str
    name: str
    title: str
    value: float | None
    light: str
    meaning: str

    @property
    def shown(self) -> str:
        return "–" if self.value is None else two_decimals(self.value)


def two_decimals(value: float) -> str:
    rounded = Decimal(repr(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return formats.number(rounded, language(), 2)


def indices(total: Figures, time: TimeFigures, behind: int, should: date | None) -> list[Index]:
    """The four that are shown. ``behind``: working days; ``should``: when this was to be earned."""
    return [
        Index("cpi", "CPI", _("Value for money"), total.cpi, _light(total.cpi), _cpi(total)),
        Index("spi", "SPI", _("Progress in kroner"), total.spi, _light(total.spi), _spi(total)),
        Index(
            "spi_t",
            "SPI(t)",
            _("Progress in time"),
            time.spi_t,
            _light(time.spi_t),
            _spi_t(time, behind, should),
        ),
        Index(
            "tcpi",
            "TCPI",
            _("Needed from now on"),
            total.tcpi,
            _tcpi_light(total),
            _tcpi(total),
        ),
    ]


def _light(value: float | None) -> str:
    if value is None:
        return "none"
    return "red" if value < POOR else "amber" if value < AS_PLANNED else "green"


def _cpi(total: Figures) -> str:
    if total.cpi is None:
        return _("Nothing has been spent yet, so there is nothing to compare with.")
    said = {"work": kroner(100 * total.cpi)}
    if total.cpi >= 1:
        return _("Every krone spent has given work worth %(work)s: as planned, or cheaper.") % said
    said["eac"] = whole(total.eac(Forecast.CPI))
    if total.cpi >= AS_PLANNED:
        return _("Every krone spent has given work worth %(work)s: almost as planned.") % said
    return (
        _(
            "Every krone spent has given work worth %(work)s. If that goes on, the project ends at "
            "%(eac)s."
        )
        % said
    )


def _spi(total: Figures) -> str:
    if total.spi is None:
        return _("Nothing was to be done yet.")
    return _(
        "Work worth %(earned)s is done; by now %(planned)s was planned. Near the end this goes "
        "towards 1.00 even when the project is late: then trust SPI(t)."
    ) % {"earned": whole(total.ev), "planned": whole(total.pv)}


def _spi_t(time: TimeFigures, behind: int, should: date | None) -> str:
    if time.spi_t is None or should is None:
        return _("Nothing was to be done yet.")
    day = formats.short_date(should, language())
    if behind > 0:
        return ngettext(
            "What is done now was to be done on %(day)s: %(num)s working day behind.",
            "What is done now was to be done on %(day)s: %(num)s working days behind.",
            behind,
        ) % {"day": day, "num": behind}
    if behind < 0:
        return ngettext(
            "What is done now was not to be done until %(day)s: %(num)s working day ahead.",
            "What is done now was not to be done until %(day)s: %(num)s working days ahead.",
            -behind,
        ) % {"day": day, "num": -behind}
    return _("What is done now is what was to be done by today.")


def _tcpi_light(total: Figures) -> str:
    if total.tcpi is None:
        return "none"
    if total.tcpi < 0 or total.tcpi > UNREALISTIC:
        return "red"
    return "amber" if total.tcpi > 1 / AS_PLANNED else "green"


def _tcpi(total: Figures) -> str:
    if total.remaining is not None and total.remaining <= 0:
        return _("All of the work is done.")
    if total.tcpi is None or total.tcpi < 0:
        return _("The budget is used up, and there is work left.")
    said = {"work": kroner(100 * total.tcpi)}
    if total.tcpi > UNREALISTIC:
        return (
            _(
                "To keep the budget, every krone from now on must give work worth %(work)s. "
                "Experience says that seldom happens."
            )
            % said
        )
    return _("To keep the budget, every krone from now on must give work worth %(work)s.") % said


def kroner(hundredths: float | None) -> str:
    """An amount to the øre."""
    value = Decimal(repr(hundredths or 0.0)) / 100
    return formats.money(value.quantize(Decimal("0.01"), ROUND_HALF_UP), language(), decimals=2)


def whole(hundredths: float | None) -> str:
    """An amount in whole kroner, or millions when it is large."""
    return formats.key_money(Decimal(repr(float(hundredths or 0))) / 100, language())
