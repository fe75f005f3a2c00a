#!/usr/bin/env python3
"""The plan's chart in a real browser: opened, scrolled, edited.

bench/chart.py [--tasks 2000,10000,50000] [--edits N]
limits: first paint 1 s and 2,000 nodes and 150 KB of data at 10,000 tasks; an edit until its dates
are drawn 200 ms at 2,000 and 400 ms at 10,000 (median, the whole round trip, warm); scrolling
p95 33 ms a frame at 50,000; 30 KB of editor
"""

import argparse
import gzip
import random
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import _plans as plans
import _portal as portal

WHAT = ("Prosjektere", "Bestille", "Montere", "Teste", "Rive", "Kontrollere", "Godkjenne", "Støpe")
OF = ("ventilasjon", "fundament", "yttervegg", "tak", "heis", "vinduer", "kabler", "gulv", "rør")
WHERE = ("", " i plan 1", " i plan 2", " mot nord", " mot sør", ", fløy A", ", fløy B", ", kjeller")
LIMITS = {
    "open_ms_10000": 1000, "nodes_10000": 2000, "data_kb_10000": 150, "editor_kb": 30,
    "edit_ms_2000": 200, "edit_ms_10000": 400, "frame_p95_ms_50000": 33.4,
}  # fmt: skip
WATCH = """
addEventListener("plan-drawn", () => requestAnimationFrame(() => setTimeout(() => {
  window.drawnAt = performance.now();
  window.timesDrawn = (window.timesDrawn ?? 0) + 1;
})));
addEventListener("keydown", (event) => {
  if (event.key === "Enter") window.keptAt = performance.now();
}, true);
"""
SCROLL = """async () => {
  const grid = document.querySelector(".plan-scroll"), frames = [];
  let before = await new Promise(requestAnimationFrame);
  for (let i = 0; i < 120; i++) {
    grid.scrollTop += 400;
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - before);
    before = now;
  }
  return frames.sort((a, b) => a - b);
}"""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--tasks", default="2000,10000,50000")
    parser.add_argument("--edits", type=int, default=12)
    asked = parser.parse_args()
    sizes = [int(one) for one in asked.tasks.split(",")]
    with portal.folder() as data:
        data.mkdir(parents=True)
        cookie = _make(data, sizes)
        with portal.serving(data, "") as (address, _pid, _s), _browser(address, cookie) as browser:
            figures = {"editor_kb": _editor()}
            for size in sizes:
                found = _measure(browser, size, asked.edits if size <= 10_000 else 0)
                figures |= {f"{name}_{size}": value for name, value in found.items()}
    checks = {key: (figures[key], limit) for key, limit in LIMITS.items() if key in figures}
    return portal.result("chart", checks, figures=figures)


def _editor() -> float:
    built = portal.ROOT / "src/tospann/ui/static/ui/built/plan.js"
    return round(len(gzip.compress(built.read_bytes(), 9)) / 1000, 1)


def _make(data: Path, sizes: list[int]) -> str:
    """A project for each size, and the key to its pages."""
    portal.use(data)
    import seed
    from django.test import Client

    from tospann.foundation.authority import SYSTEM
    from tospann.foundation.transactions import run
    from tospann.people.models import Person
    from tospann.planning import history, prepare
    from tospann.planning.models import Plan, RevisionKind

    seed.seed(len(sizes), 5)
    for size, head in zip(sizes, Plan.objects.order_by("project__key"), strict=True):

        def body(_act: object, fresh: Any, size: int = size) -> None:
            tried = prepare.replaced(fresh, _plan(size))
            history.write_down(SYSTEM, fresh, tried, RevisionKind.IMPORT, [])

        run(SYSTEM, "bench.plan", head, None, body)
        head.project.refresh_from_db()
        PLACES[size] = head.project.key
    browser = Client()
    who = Person.objects.get(email=seed.EMAIL)
    browser.force_login(who, "allauth.account.auth_backends.AuthenticationBackend")
    return browser.cookies[COOKIE].value


COOKIE = "session"
PLACES: dict[int, str] = {}


def _plan(size: int) -> Any:
    """Phases of ten packages of twenty tasks, one after the other with some links far away."""
    import planengine as engine

    luck = random.Random(4)
    rows, links = [], []
    uid = 0
    while uid < size:
        parents = []
        for level in range(2):
            if level or uid % 210 == 0:
                uid += 1
                parent = parents[-1] if parents else _phase(rows)
                rows.append(engine.Activity(uid, _name(luck), parent))
                parents.append(uid)
        for place in range(min(20, size - uid)):
            uid += 1
            hours = luck.choice((8, 16, 24, 40, 40, 80)) * (place != 19)
            rows.append(engine.Activity(uid, _name(luck), parents[-1], hours * plans.HOUR))
            if place:
                links.append(engine.Link(uid - 1, uid))
            if luck.random() < 0.05 and uid > 300:
                links.append(engine.Link(rows[luck.randrange(uid - 250, uid - 30)].uid, uid))
    leaves = {row.uid for row in rows} - {row.parent for row in rows}
    kept = tuple(link for link in links if {link.predecessor, link.successor} <= leaves)
    made = engine.Plan(
        name="Stor", start=plans.START, calendar=1, calendars=plans.calendars(4), links=kept
    )
    return replace(made, activities=tuple(rows))


def _phase(rows: list[Any]) -> int | None:
    """The latest row of the highest level."""
    return next((row.uid for row in reversed(rows) if row.parent is None), None)


def _name(luck: random.Random) -> str:
    return f"{luck.choice(WHAT)} {luck.choice(OF)}{luck.choice(WHERE)}"


@contextmanager
def _browser(address: str, cookie: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        where = shutil.which("chromium") or shutil.which("chromium-browser")
        running = playwright.chromium.launch(
            executable_path=where, args=["--no-sandbox", "--disable-gpu"]
        )
        context = running.new_context(
            base_url=address, viewport={"width": 1440, "height": 900}, locale="nb-NO"
        )
        context.add_cookies([{"name": COOKIE, "value": cookie, "url": address}])
        context.add_init_script(WATCH)
        context.set_default_timeout(120_000)
        yield context
        running.close()


def _measure(browser: Any, size: int, edits: int) -> dict[str, float]:
    address = f"/p/{PLACES[size]}/plan/chart"
    page = browser.new_page()
    opened = []
    for _time in range(4):  # the first finds nothing in memory
        page.goto(address)
        opened.append(_drawn(page))
    data = page.evaluate(
        "performance.getEntriesByType('resource').find(one => one.name.endsWith('rows'))"
        ".encodedBodySize"
    )
    found = {
        "open_ms": round(portal.median(opened[1:])),
        "open_cold_ms": round(opened[0]),
        "nodes": page.evaluate("document.querySelectorAll('*').length"),
        "data_kb": round(data / 1000, 1),
    }
    if edits:
        found["edit_ms"] = round(portal.median(_edited(page, edits)))
    frames = page.evaluate(SCROLL)
    found["frame_median_ms"] = round(portal.median(frames), 1)
    found["frame_p95_ms"] = round(portal.quantile(frames, 0.95), 1)
    page.close()
    return found


def _drawn(page: Any) -> float:
    return float(page.wait_for_function("() => window.drawnAt").json_value())


def _edited(page: Any, times: int) -> list[float]:
    """A duration in the middle of the plan, typed, until the dates it moves are drawn."""
    grid = page.get_by_role("treegrid")
    grid.focus()
    for key in ["Control+Home", *["PageDown"] * 20, "Home", "ArrowRight", "ArrowRight"]:
        page.keyboard.press(key)
    while page.locator(".plan-row.is-current").get_attribute("data-kind") != "task":
        page.keyboard.press("ArrowDown")
    spent = []
    for number in range(times):
        drawn = page.evaluate("window.timesDrawn")
        page.keyboard.type(f"{3 + number % 4}d")
        page.keyboard.press("Enter")
        page.wait_for_function("drawn => window.timesDrawn > drawn", arg=drawn)
        spent.append(page.evaluate("window.drawnAt - window.keptAt"))
        page.keyboard.press("ArrowUp")
    return spent[2:]


if __name__ == "__main__":
    sys.exit(main())
