"""Examining what came in, soon after it came, and finding documents by what stands in them."""

from tospann.documents import blobs
from tospann.documents.contents.examining import FORM, examined
from tospann.documents.models import Content, Document
from tospann.jobs.queue import job
from tospann.jobs.schedule import every
from tospann.search import indexing

_TOGETHER = 200


@job(retries=3)
def examine(sha256: str) -> None:
    """Look into the bytes, and have every document that holds them found by their words."""
    try:
        examined(sha256)
    except blobs.Missing:
        return
    holding = Document.objects.filter(sha256=sha256).values_list("pk", flat=True)
    indexing.keep("documents.document", [str(pk) for pk in holding])


@every("daily 03:50")
@job()
def examine_the_rest() -> None:
    """What was missed, or examined in an earlier form; and forget what no longer is kept."""
    done = Content.objects.filter(form=FORM).values("sha256")
    rest = Document.objects.exclude(sha256="").exclude(sha256__in=done)
    for sha256 in rest.values_list("sha256", flat=True).distinct()[:_TOGETHER]:
        examine.enqueue(sha256=sha256)
    gone = [one for one in Content.objects.values_list("pk", flat=True) if not blobs.exists(one)]
    Content.objects.filter(pk__in=gone).delete()
