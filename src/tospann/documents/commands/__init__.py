"""Everything that changes documents and folders, and attaches files to other records."""

from tospann.documents.commands.approving import (
    approve_document,
    ask_approval,
    publish_document,
    send_back,
)
from tospann.documents.commands.arguments import FolderNumber, MediaType
from tospann.documents.commands.attaching import Reference, attach
from tospann.documents.commands.autosaving import save_in_lock
from tospann.documents.commands.checkout import check_in, check_out, release_check_out
from tospann.documents.commands.copying import copy_folder
from tospann.documents.commands.folders import (
    FolderLine,
    add_folder,
    add_folders,
    change_folder,
    move_folder,
    rename_folder,
    restore_folder,
    set_folder_phase,
    trash_folder,
)
from tospann.documents.commands.keeping import (
    LINK_TYPE,
    add_document,
    add_link,
    add_version,
    change_document,
    change_link,
    copy_document,
    move_document,
    rename_document,
    restore_version,
)
from tospann.documents.commands.needed import (
    answer_needed,
    ask_for_document,
    change_needed,
    remove_needed,
)
from tospann.documents.commands.places import NameTaken
from tospann.documents.commands.trash import (
    due_before,
    hold_document,
    lift_hold,
    purge_document,
    purge_folder,
    restore_document,
    trash_document,
)

__all__ = [
    "LINK_TYPE",
    "FolderLine",
    "FolderNumber",
    "MediaType",
    "NameTaken",
    "Reference",
    "add_document",
    "add_folder",
    "add_folders",
    "add_link",
    "add_version",
    "answer_needed",
    "approve_document",
    "ask_approval",
    "ask_for_document",
    "attach",
    "change_document",
    "change_folder",
    "change_link",
    "change_needed",
    "check_in",
    "check_out",
    "copy_document",
    "copy_folder",
    "due_before",
    "hold_document",
    "lift_hold",
    "move_document",
    "move_folder",
    "publish_document",
    "purge_document",
    "purge_folder",
    "release_check_out",
    "remove_needed",
    "rename_document",
    "rename_folder",
    "restore_document",
    "restore_folder",
    "restore_version",
    "save_in_lock",
    "send_back",
    "set_folder_phase",
    "trash_document",
    "trash_folder",
]
