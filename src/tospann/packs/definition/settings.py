"""How a project started from the pack behaves: menu, features, working time, deadlines."""

from typing import Annotated, Literal, Self

from pydantic import Field as Bounds
from pydantic import StrictBool, StrictInt, model_validator

from tospann.packs.definition.words import Definition, Text, refuse_repeated

MenuEntry = Literal[
    "overview",
    "plan",
    "tasks",
    "meetings",
    "documents",
    "reports",
    "risks",
    "decisions",
    "money",
    "team",
    "quality",
    "benefits",
]
Feature = Literal[
    "percentiles",
    "simulation",
    "earned_value",
    "drafts",
    "compare_revisions",
    "authority_matrix",
    "raci",
    "agreements",
    "timesheets",
    "benefits",
    "quality",
    "registers",
    "contracts",
    "invoices",
    "notices",
    "safety",
    "access_review",
    "board",
]
ProgressMode = Literal["three_states", "percent"]
Cadence = Literal["weekly", "biweekly", "monthly", "quarterly", "per_phase", "once"]
Days = Annotated[StrictInt, Bounds(ge=0, le=365)]


class Settings(Definition):
    """The menu holds at most ten entries; features outside the list are hidden until turned on."""

    phase_word: Text
    gate_word: Text
    menu: Annotated[tuple[MenuEntry, ...], Bounds(min_length=1, max_length=10)]
    features: tuple[Feature, ...]
    progress_mode: ProgressMode
    cases_for_decisions: StrictBool
    """False: a decision may be three fields (what, why, date) without a case."""
    owner_accepts: StrictBool = True
    """False: a project is active from the start, without the owner accepting roles and limits."""
    working_days: Annotated[
        tuple[Annotated[StrictInt, Bounds(ge=1, le=7)], ...], Bounds(min_length=1)
    ]
    """ISO weekdays, 1 is Monday."""
    minutes_per_day: Annotated[StrictInt, Bounds(ge=60, le=1440)]
    fiscal_year_starts_month: Annotated[StrictInt, Bounds(ge=1, le=12)]
    currency: Literal["NOK"] = "NOK"
    status_report_cadence: Cadence
    minutes_remark_days: Days
    notice_of_meeting_days: Days
    case_papers_days: Days
    contract_notice_answer_days: Days | None = None
    """The organisation's own limit; contract standards mostly say “without undue delay”."""

    @model_validator(mode="after")
    def _no_repeats(self) -> Self:
        refuse_repeated("menu", self.menu)
        refuse_repeated("features", self.features)
        return self
