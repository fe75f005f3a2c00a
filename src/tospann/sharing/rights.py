"""Rights and classes, and which role has which right to what is classified how."""

from collections.abc import Mapping
from enum import IntEnum

from tospann.foundation.authority import Role

OPEN, INTERNAL = "open", "internal"
CONFIDENTIAL, STRICT = "confidential", "strictly_confidential"
CLASSES = (OPEN, INTERNAL, CONFIDENTIAL, STRICT)
"""From the most open to the most closed."""


class Right(IntEnum):
    """What somebody may do with a thing; each includes those before it."""

    NONE = 0
    VIEW = 1
    COMMENT = 2
    EDIT = 3
    MANAGE = 4


def up_to(ceiling: str) -> frozenset[str]:
    """The classes that are not more closed than this one."""
    return frozenset(CLASSES[: CLASSES.index(ceiling) + 1]) if ceiling in CLASSES else frozenset()


_TEAM: Mapping[Role, Right] = {
    Role.COORDINATOR: Right.MANAGE,
    Role.MANAGER: Right.MANAGE,
    Role.OWNER: Right.MANAGE,
    Role.STEERING: Right.COMMENT,
    Role.BENEFIT_RESPONSIBLE: Right.EDIT,
    Role.MEMBER: Right.EDIT,
    Role.PORTFOLIO_LEADER: Right.VIEW,
    Role.AUDITOR: Right.VIEW,
}
BY_ROLE: Mapping[str, Mapping[Role, Right]] = {
    OPEN: _TEAM,
    INTERNAL: _TEAM,
    CONFIDENTIAL: {
        Role.COORDINATOR: Right.MANAGE,
        Role.MANAGER: Right.MANAGE,
        Role.OWNER: Right.MANAGE,
        Role.STEERING: Right.COMMENT,
        Role.AUDITOR: Right.VIEW,
    },
    STRICT: {
        Role.MANAGER: Right.MANAGE,
        Role.OWNER: Right.MANAGE,
        Role.AUDITOR: Right.VIEW,
    },
}
ON_THE_TEAM = frozenset(
    {
        *(Role.COORDINATOR, Role.MANAGER, Role.OWNER, Role.STEERING),
        *(Role.BENEFIT_RESPONSIBLE, Role.MEMBER),
    }
)
IF_MADE = Right.MANAGE
"""What whoever made a thing may do with it, as long as she is on the team."""
BY_SHARE: Mapping[str, Right] = {
    "view": Right.VIEW,
    "comment": Right.COMMENT,
    "edit": Right.EDIT,
    "upload": Right.NONE,
}
