"""A hand that counts: how many presses and fields something takes, kept in docs/moments.md."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

MOMENTS = Path(__file__).parents[2] / "docs/moments.md"
ROW = "| {name} | {steps} | {clicks} | {fields} |"


@dataclass
class Hand:
    """Does what a person does on a page, and remembers how much of it there was."""

    page: object
    clicks: int = 0
    fields: int = 0
    steps: list[str] = field(default_factory=list)

    @property
    def interactions(self):
        return self.clicks + self.fields

    def click(self, locator, what):
        self.clicks += 1
        self.steps.append(what)
        locator.click()

    def fill(self, locator, text, what):
        """One field, however many letters."""
        self.fields += 1
        self.steps.append(what)
        locator.fill(text)

    def write(self, locator, text, what):
        """One field that answers while one types."""
        self.fields += 1
        self.steps.append(what)
        locator.press_sequentially(text)

    def choose(self, locator, label, what):
        self.fields += 1
        self.steps.append(what)
        locator.select_option(label=label)

    def give(self, locator, name, kind, data, what):
        """A file, from the camera or a folder."""
        self.fields += 1
        self.steps.append(what)
        locator.set_input_files({"name": name, "mimeType": kind, "buffer": data})

    def press(self, key, what):
        self.clicks += 1
        self.steps.append(what)
        self.page.keyboard.press(key)


def keep(name, hand):
    """Compare with what docs/moments.md says, or write it there when asked for."""
    row = ROW.format(
        name=name, steps=" → ".join(hand.steps), clicks=hand.clicks, fields=hand.fields
    )
    text = MOMENTS.read_text()
    known = re.compile(rf"^\| {re.escape(name)} \|.*$", re.MULTILINE)
    assert known.search(text), f"docs/moments.md has no row named {name}"
    if os.environ.get("TOSPANN_PICTURES") == "1":
        MOMENTS.write_text(known.sub(lambda _found: row, text))
        return
    assert known.search(text)[0] == row, "docs/moments.md says otherwise"
