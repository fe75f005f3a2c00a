"""Who may do what: roles, powers, limits as data, and a ruling that always carries a sentence.

A power is held in one of two strengths: DECIDE (the change happens at once) or PROPOSE (it becomes
a case for whoever may decide). That ceiling is a table in code. Below the ceiling, the project's
authority rules (data) draw the limits: *kind × measure × limit → who decides*.
"""

from tospann.foundation.authority.deciders import (
    Deciders,
    Named,
    decides_as,
    may_decide_for,
    strictest,
)
from tospann.foundation.authority.powers import (
    ORGANISATION_ROLES,
    POWER_LABELS,
    POWERS,
    PROJECT_ROLES,
    RANK,
    ROLE_LABELS,
    Power,
    Role,
    Strength,
)
from tospann.foundation.authority.rulings import (
    SYSTEM,
    UNKNOWN,
    Actor,
    Held,
    Mandate,
    Rule,
    Ruling,
    rule,
    rules_come_from,
    rules_of,
    strictest_of,
    verdict,
)
from tospann.foundation.authority.sentences import (
    MEASURES,
    Measure,
    Sentence,
    amount_text,
    at_rank,
    measure,
    roles_text,
    who_text,
)

__all__ = [
    "MEASURES",
    "ORGANISATION_ROLES",
    "POWERS",
    "POWER_LABELS",
    "PROJECT_ROLES",
    "RANK",
    "ROLE_LABELS",
    "SYSTEM",
    "UNKNOWN",
    "Actor",
    "Deciders",
    "Held",
    "Mandate",
    "Measure",
    "Named",
    "Power",
    "Role",
    "Rule",
    "Ruling",
    "Sentence",
    "Strength",
    "amount_text",
    "at_rank",
    "decides_as",
    "may_decide_for",
    "measure",
    "roles_text",
    "rule",
    "rules_come_from",
    "rules_of",
    "strictest",
    "strictest_of",
    "verdict",
    "who_text",
]
