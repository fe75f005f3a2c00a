"""What somebody did to a project's frame: its menu, goals, lists of choices and gates."""

from django.utils.translation import ngettext_lazy as _n

FRAME = {
    "projects.add_criteria": _n(
        "added success criteria", "added success criteria %(n)s times", "n"
    ),
    "projects.assess_success_criterion": _n(
        "assessed a success criterion", "assessed %(n)s success criteria", "n"
    ),
    "projects.change_success_criterion": _n(
        "changed a success criterion", "changed %(n)s success criteria", "n"
    ),
    "projects.follow_pack": _n(
        "followed a newer template pack", "followed newer template packs %(n)s times", "n"
    ),
    "projects.keep_register": _n("set up a register", "set up %(n)s registers", "n"),
    "projects.keep_registers": _n("set up registers", "set up registers %(n)s times", "n"),
    "projects.pass_gate": _n("passed a gate", "passed %(n)s gates", "n"),
    "projects.remove_goal": _n("removed a goal", "removed %(n)s goals", "n"),
    "projects.remove_success_criterion": _n(
        "removed a success criterion", "removed %(n)s success criteria", "n"
    ),
    "projects.set_choice_list": _n(
        "changed a list of choices", "changed %(n)s lists of choices", "n"
    ),
    "projects.set_choice_lists": _n(
        "filled lists of choices", "filled lists of choices %(n)s times", "n"
    ),
    "projects.set_modules": _n(
        "chose what the menu shows", "chose what the menu shows %(n)s times", "n"
    ),
    "projects.set_term": _n("changed a word", "changed %(n)s words", "n"),
}
