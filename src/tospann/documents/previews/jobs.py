"""Drawing in the background, and throwing away pictures of what is gone."""

from tospann.documents import blobs
from tospann.documents.previews import keeping, making
from tospann.jobs.queue import enqueue_once, job
from tospann.jobs.schedule import every


@job(retries=1)
def draw(sha256: str, name: str) -> None:
    """Draw the pages of these bytes, unless they are drawn."""
    if not keeping.state(sha256).is_waiting:
        return
    try:
        making.draw(sha256, name)
    except blobs.Missing:
        keeping.keep_failure(sha256, "failed")


def ask(sha256: str, name: str = "") -> keeping.State:
    """What there is to see; where nothing is known yet, a job is asked to find out."""
    found = keeping.state(sha256)
    if found.is_waiting:
        enqueue_once(draw, sha256=sha256, name=name[-20:])
    return found


@every("daily 04:10")
@job()
def forget_the_gone() -> int:
    """Remove pictures of bytes that are no longer kept."""
    gone = [one for one in keeping.kept() if not blobs.exists(one)]
    for one in gone:
        keeping.forget(one)
    return len(gone)
