"""Documents, their folders and versions, and attached files, through the REST API."""

from tospann.documents.api import attached, documents, opening
from tospann.documents.api.routing import router

__all__ = ["attached", "documents", "opening", "router"]
