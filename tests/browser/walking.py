"""Walking a whole path in one language on one screen, and keeping pictures of it for the tour."""

import os
from pathlib import Path

import pytest
from tests.browser.test_journey import Words

TOUR = Path(__file__).parents[2] / "docs/pictures/tour"
LARGEST = 150_000
WALKS = [
    pytest.param(("nb", "desktop"), id="nb-desktop"),
    pytest.param(("en", "phone"), id="en-phone", marks=pytest.mark.long),
]
"""The ordinary gate walks the first; each walk has a portal of its own."""


class Walk:
    """Somebody's pages in the walk's language, on its screen unless another is asked for."""

    def __init__(self, page_as, look):
        self.page_as = page_as
        self.language, self.screen = look
        self.words = Words(self.language)

    def somebody(self, role, screen=None):
        return self.page_as(role, language=self.language, screen=screen or self.screen)

    def picture(self, page, name):
        keep_picture(page, f"{name}-{self.language}-{self.screen}")


def fits(page):
    """Nothing makes the page wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def keep_picture(page, name):
    """Only when asked for; as JPEG where PNG would be too large."""
    if os.environ.get("TOSPANN_PICTURES") != "1":
        return
    TOUR.mkdir(parents=True, exist_ok=True)
    page.wait_for_load_state("networkidle")
    page.evaluate("() => { document.getElementById('toasts')?.replaceChildren(); scrollTo(0, 0) }")
    file = TOUR / f"{name}.png"
    page.screenshot(path=file, scale="css", animations="disabled")
    if file.stat().st_size > LARGEST:
        file.unlink()
        page.screenshot(path=file.with_suffix(".jpg"), type="jpeg", quality=75, scale="css")
