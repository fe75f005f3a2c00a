"""Starting a project from a pack, and keeping the organisation's own packs."""

from tospann.packs.commands.keeping import (
    copy_pack,
    edit_pack,
    edit_pack_part,
    retire_pack,
    upload_pack,
)
from tospann.packs.commands.starting import Starter, start_project

__all__ = [
    "Starter",
    "copy_pack",
    "edit_pack",
    "edit_pack_part",
    "retire_pack",
    "start_project",
    "upload_pack",
]
