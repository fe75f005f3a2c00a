"""Documents as pictures of their pages: drawn once in confined children, kept by their hash.

previews.state(sha256, size)      what there is to show now; reads nothing but the cache
previews.ask(sha256)              have it drawn by a job, unless it is or cannot be
previews.picture(sha256, page, mark="Kari · 3.2.2027")   one page as WebP, marked for its reader
"""

from tospann.documents.previews.jobs import ask
from tospann.documents.previews.keeping import State, picture, state

__all__ = ["State", "ask", "picture", "state"]
