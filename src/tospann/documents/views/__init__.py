"""DOKUMENTER: the list and its folders, one document, what is needed, the trash, files sent."""

from tospann.documents.views.attached import attachment, sent
from tospann.documents.views.changing import act, change
from tospann.documents.views.fetching import document_file, version_file, zip_documents
from tospann.documents.views.folders import (
    change_folder,
    folder_act,
    move_folder,
    new_folder,
)
from tospann.documents.views.lists import documents, move_documents, trash, trash_documents
from tospann.documents.views.needed import (
    answer_needed,
    change_needed,
    needed,
    new_needed,
    remove_needed,
)
from tospann.documents.views.one import compare, document
from tospann.documents.views.previews import preview, preview_page
from tospann.documents.views.storage import storage
from tospann.documents.views.uploading import (
    new_document,
    new_link,
    new_version,
    prepare_upload,
    upload,
)

__all__ = [
    "act",
    "answer_needed",
    "attachment",
    "change",
    "change_folder",
    "change_needed",
    "compare",
    "document",
    "document_file",
    "documents",
    "folder_act",
    "move_documents",
    "move_folder",
    "needed",
    "new_document",
    "new_folder",
    "new_link",
    "new_needed",
    "new_version",
    "prepare_upload",
    "preview",
    "preview_page",
    "remove_needed",
    "sent",
    "storage",
    "trash",
    "trash_documents",
    "upload",
    "version_file",
    "zip_documents",
]
