#!/usr/bin/env python3
"""Twenty people typing in one meeting against a running portal: seen by all soon, none lost.

bench/meeting.py [--people N] [--seconds S] [--postgres]
limits: 1.5 s until all have seen a word (p95), 0 lost, 0 twice

Each does what the page's script does: sends 0.2 s after a word, asks every 0.8 s while others
write. Two write in each item. A word counts from when it is typed until all the others have it.
"""

import argparse
import collections
import contextlib
import http.client
import json
import multiprocessing
import random
import sys
import threading
import time
import uuid
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal

WORD_EVERY, SEND_AFTER, ASK_EVERY, LINE = 0.5, 0.2, 0.8, 8


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    with contextlib.ExitStack() as stack:
        database = stack.enter_context(portal.postgres()) if asked.postgres else ""
        data = stack.enter_context(portal.folder())
        data.mkdir(parents=True)
        pool = stack.enter_context(multiprocessing.get_context("spawn").Pool(1))
        where, items, sessions = pool.apply(_call, (data, database, asked.people))
        words = (data, database, "--workers", "2")
        address, pid, _seconds = stack.enter_context(portal.serving(*words))
        began = portal.cpu_seconds(portal.tree(pid))
        people = _hold(address, where, items, sessions, asked.seconds)
        cpu = portal.cpu_seconds(portal.tree(pid)) - began
        written = pool.apply(_written, (data, database))
    typed = {word: at for person in people for word, at in person.typed.items()}
    waits = [_all_saw(word, at, people) for word, at in typed.items()]
    seen = [wait for wait in waits if wait is not None]
    errors = [error for person in people for error in person.errors]
    return portal.result(
        "meeting",
        {
            "seen_by_all_p95_s": (portal.quantile(seen, 0.95), 1.5),
            "lost": (sum(word not in written for word in typed), 0),
            "twice": (sum(count > 1 for count in written.values()), 0),
            "never_seen": (len(waits) - len(seen), 0),
            "errors": (len(errors), 0),
        },
        people=asked.people, words=len(typed), p50_s=portal.median(seen), max_s=max(seen),
        requests=sum(person.requests for person in people),
        cpu_ms_per_request=cpu / max(1, sum(person.requests for person in people)) * 1000,
        first_error=errors[:1],
    )  # fmt: skip


def _all_saw(word: str, at: float, people: list["Person"]) -> float | None:
    saw = [person.seen.get(word) for person in people]
    return None if None in saw else max(saw) - at  # type: ignore[type-var,operator]


class Person(threading.Thread):
    """One open page, and somebody who types in one item of it."""

    def __init__(self, number: int, host: str, where: str, item: str, session: tuple, until: float):
        super().__init__()
        self.number, self.where, self.item, self.until = number, where, item, until
        self.cookie, self.token = session
        self.connection = http.client.HTTPConnection(host, timeout=30)
        self.client, self.sequence, self.heard = str(uuid.uuid4()), 0, 0
        self.base = self.text = self.line = ""
        self.since, self.requests = 0, 0
        self.typed: dict[str, float] = {}
        self.seen: dict[str, float] = {}
        self.errors: list[str] = []

    def run(self) -> None:
        random.seed(self.number)
        word = ask = time.perf_counter() + random.random()
        send = float("inf")
        # After the last word everybody listens a little longer, as people do.
        while (now := time.perf_counter()) < self.until + 4:
            if now >= word and now < self.until:
                self._type(now)
                word = now + WORD_EVERY * (0.5 + random.random())
                send = min(send, now + SEND_AFTER)
            elif now >= send:
                send = float("inf")
                self._send()
            elif now >= ask:
                ask = now + ASK_EVERY
                self._ask()
            else:
                due = min(send, ask, word if word < self.until else send, now + 0.05)
                time.sleep(max(0.001, due - now))

    def _type(self, now: float) -> None:
        word = f"w{self.number}.{len(self.typed)}."
        self.typed[word] = self.seen[word] = now
        if not self.line or len(self.typed) % LINE == 0:
            self.line = word
            self.text = f"{self.text}\n{word}" if self.text else word
        else:
            longer = f"{self.line} {word}"
            self.text = self.text.replace(self.line, longer, 1)
            self.line = longer

    def _send(self) -> None:
        sent, self.sequence = self.text, self.sequence + 1
        body = {"client": self.client, "sequence": self.sequence, "heard": self.heard,
                "base": self.base, "text": sent}  # fmt: skip
        headers = {"X-CSRFToken": self.token, "Content-Type": "application/x-www-form-urlencoded"}
        told = self._request(
            "POST", f"{self.where}/items/{self.item}/text", urlencode(body), headers
        )
        if told is not None:
            self.heard, self.base = self.sequence, told["text"]
            self.text = told["text"]
            self._look(told)

    def _ask(self) -> None:
        news = self._request("GET", f"{self.where}/state?since={self.since}&head=999999", None, {})
        if news is None:
            return
        self.since = max(self.since, news["sequence"])
        for told in news["items"]:
            self._look(told)
            if told["id"] == self.item and self.text == self.base:
                self.text = self.base = told["text"]

    def _look(self, told: dict) -> None:
        now = time.perf_counter()
        texts = [told["text"], *(kept["text"] for kept in told["kept"])]
        for word in " ".join(texts).split():
            self.seen.setdefault(word, now)

    def _request(self, method: str, address: str, body, headers: dict) -> dict | None:
        self.requests += 1
        headers |= {"Cookie": self.cookie, "Accept": "application/json"}
        try:
            self.connection.request(method, address, body, headers)
            answer = self.connection.getresponse()
            found = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.errors.append(repr(error))
            self.connection.close()
            return None
        if answer.status != 200:
            self.errors.append(f"{address}: {answer.status}")
            return None
        return json.loads(found)


def _hold(address: str, where: str, items: list, sessions: list, seconds: float) -> list[Person]:
    host, until = address.removeprefix("http://"), time.perf_counter() + seconds
    people = [
        Person(number, host, where, items[number // 2], session, until)
        for number, session in enumerate(sessions)
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    return people


def _call(data: Path, database: str, how_many: int) -> tuple[str, list[str], list[tuple]]:
    """A project, its people signed in, and a meeting under way with an item for every two."""
    portal.use(data, database)
    from datetime import date, timedelta

    from django.test import Client
    from django.utils import timezone

    from tospann.foundation.authority import SYSTEM, Role
    from tospann.foundation.ids import new_id
    from tospann.meetings import commands as meetings
    from tospann.meetings.models import AgendaItem
    from tospann.people.commands import invite_person
    from tospann.people.models import Organisation
    from tospann.projects import commands as projects

    organisation = Organisation.objects.get()
    project = projects.found_project(
        SYSTEM, organisation, id=new_id(), key="BENCH", name="Bench",
        start=date(2027, 1, 1), finish=date(2027, 12, 31),
    )  # fmt: skip
    people = [
        invite_person(
            SYSTEM, organisation, id=new_id(), email=f"p{n}@example.org", name=f"Person {n}"
        )
        for n in range(how_many)
    ]
    for person in people:
        projects.appoint(SYSTEM, project, person=person.pk, role=Role.MEMBER)
    meeting = meetings.plan_meeting(
        SYSTEM, project, id=new_id(), title="Bench", duration_minutes=60,
        starts_at=timezone.now() + timedelta(minutes=1),
        attendees=[meetings.Attendee(id=new_id(), person=person.pk) for person in people],
        agenda=[meetings.AgendaLine(id=new_id(), title=f"Item {n}") for n in range(0, how_many, 2)],
    )  # fmt: skip
    meetings.start_meeting(SYSTEM, meeting)
    items = AgendaItem.objects.filter(meeting=meeting).values_list("pk", flat=True)
    sessions = []
    for person in people:
        browser = Client()
        browser.force_login(person, "allauth.account.auth_backends.AuthenticationBackend")
        browser.get("/", HTTP_HOST="127.0.0.1")
        token = "x" * 32
        cookies = f"session={browser.cookies['session'].value}; csrf={token}"
        sessions.append((cookies, token))
    return f"/p/BENCH/meetings/{meeting.number}/live", [str(pk) for pk in items], sessions


def _written(data: Path, database: str) -> collections.Counter[str]:
    """Every word that stands in a draft, or is kept beside one."""
    portal.use(data, database)
    from tospann.meetings.live.models import ItemDraft, KeptText

    drafts = ItemDraft.objects.values_list("text", flat=True)
    kept = KeptText.objects.values_list("text", flat=True)
    return collections.Counter(" ".join([*drafts, *kept]).split())


if __name__ == "__main__":
    sys.exit(main())
