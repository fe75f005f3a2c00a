"""Everything that changes what is shared, with whom, and by which rules."""

from tospann.sharing.commands.rules import set_organisation_policy, set_policy, stop_all_sharing
from tospann.sharing.commands.shares import (
    AnyChange,
    change_outside_share,
    change_share,
    confirm_reviewed,
    pause_share,
    renew_link,
    share,
    share_outside,
    stop_share,
)

__all__ = [
    "AnyChange",
    "change_outside_share",
    "change_share",
    "confirm_reviewed",
    "pause_share",
    "renew_link",
    "set_organisation_policy",
    "set_policy",
    "share",
    "share_outside",
    "stop_all_sharing",
    "stop_share",
]
