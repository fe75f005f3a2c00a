"""Everything that changes a closing: begun, evaluated, asked about, released, decided."""

from tospann.closing.commands.asking import close_survey, open_survey
from tospann.closing.commands.ending import (
    begin_closing,
    carry_on_case,
    close_project,
    drop_carrying_on,
    reopen_project,
    write_closing,
)
from tospann.closing.commands.evaluating import evaluate_criterion
from tospann.closing.commands.releasing import release_people

__all__ = [
    "begin_closing",
    "carry_on_case",
    "close_project",
    "close_survey",
    "drop_carrying_on",
    "evaluate_criterion",
    "open_survey",
    "release_people",
    "reopen_project",
    "write_closing",
]
