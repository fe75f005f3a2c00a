#!/usr/bin/env python3
"""What somebody waits for at the beginning: a project from a pack, the demo's data, a file's child.

bench/beginning.py [--database URL]   limits: 1 s a project, 8 s the demo, 150 ms an empty child
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", default="")
    asked = parser.parse_args()
    with portal.folder() as data:
        portal.use(data, asked.database)
        demo = _seconds(_demo)
        packs = _projects()
        child = _child()
    return portal.result(
        "beginning",
        {
            "slowest_pack_s": (max(packs.values()), 1),
            "demo_s": (demo, 8),
            "child_ms": (child * 1000, 150),
        },
        packs_s=packs,
    )


def _seconds(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _demo() -> None:
    from tospann.demo.seed import seed

    seed()


def _projects() -> dict[str, float]:
    """Each pack once, after one to warm up."""
    from tospann.foundation.authority import Role
    from tospann.foundation.ids import ORGANISATION_SCOPE, new_id
    from tospann.packs import commands
    from tospann.packs.library import PACKS
    from tospann.people.actors import actor_for
    from tospann.people.models import Organisation
    from tospann.projects.models import Membership

    manager = Membership.objects.filter(role=Role.MANAGER).select_related("person")[0].person
    organisation = Organisation.objects.get(pk=ORGANISATION_SCOPE)

    def begin(key: str, pack: str) -> None:
        roles = (Role.OWNER, Role.MANAGER, Role.COORDINATOR)
        people = [commands.Starter(person=manager.pk, role=role) for role in roles]
        finish = date(date.today().year + 2, 6, 1)
        commands.start_project(
            actor_for(manager), organisation, id=new_id(), key=key, name=f"Project {key}",
            finish=finish, pack=pack, people=people,
        )  # fmt: skip

    begin("WARM", "small_general")
    names = list(PACKS)
    return {
        name: _seconds(lambda name=name, n=n: begin(f"P{n}", name))  # type: ignore[misc]
        for n, name in enumerate(names)
    }


def _child() -> float:
    from tospann.jobs import confined

    times = []
    for _ in range(5):
        with tempfile.TemporaryFile() as file:
            file.write(b"[1]")
            file.seek(0)
            try:
                times.append(_seconds(lambda file=file: confined.run("json:load", file)))  # type: ignore[misc]
            except Exception as error:  # the child's answer is not what is measured
                raise SystemExit(f"the child did not answer: {error}") from error
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
