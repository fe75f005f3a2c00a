"""Everything that changes a project, its phases, gates, goals and roles."""

from tospann.projects.commands.founding import (
    ProjectKey,
    accept_founding,
    edit_project,
    follow_pack,
    found_project,
    set_modules,
    set_project_dates,
)
from tospann.projects.commands.frame import (
    RegisterLine,
    keep_register,
    keep_registers,
    set_choice_list,
    set_choice_lists,
    set_tolerance,
)
from tospann.projects.commands.goals import (
    add_goal,
    add_success_criterion,
    assess_success_criterion,
    change_goal,
    change_success_criterion,
    remove_goal,
    remove_success_criterion,
)
from tospann.projects.commands.phases import (
    Point,
    add_criteria,
    add_criterion,
    add_gate,
    add_phase,
    pass_gate,
    settle_criterion,
    start_phase,
)
from tospann.projects.commands.team import appoint, release, set_term

__all__ = [
    "Point",
    "ProjectKey",
    "RegisterLine",
    "accept_founding",
    "add_criteria",
    "add_criterion",
    "add_gate",
    "add_goal",
    "add_phase",
    "add_success_criterion",
    "appoint",
    "assess_success_criterion",
    "change_goal",
    "change_success_criterion",
    "edit_project",
    "follow_pack",
    "found_project",
    "keep_register",
    "keep_registers",
    "pass_gate",
    "release",
    "remove_goal",
    "remove_success_criterion",
    "set_choice_list",
    "set_choice_lists",
    "set_modules",
    "set_project_dates",
    "set_term",
    "set_tolerance",
    "settle_criterion",
    "start_phase",
]
