"""A portal with two web processes, and a project whose documents are a drive."""

import base64
import contextlib
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.operating.portal import SECONDS, Portal

ROOT = Path(__file__).parents[2]
KEY = "DAV"
_MAKE = f"""
from tests.making import project
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.people.commands import create_app_password
import json
made = project("Tollpost", key="{KEY}")
told = {{}}
for role in (Role.MANAGER, Role.COORDINATOR, Role.MEMBER):
    person = made.people[role]
    issued = create_app_password(SYSTEM, person, id=new_id(), name="PC")
    told[str(role)] = [person.email, issued.secret]
print(json.dumps(told))
"""


@dataclass
class Drive:
    """The drive of one person."""

    portal: Portal
    address: str
    people: dict[str, list[str]]
    who: str = "coordinator"

    @property
    def url(self):
        return f"{self.address}/dav/{KEY}/"

    @property
    def user(self):
        return self.people[self.who][0]

    @property
    def password(self):
        return self.people[self.who][1]

    def of(self, who):
        return Drive(self.portal, self.address, self.people, who)

    def ask(self, method, path, data=None, **headers):
        """Status, headers and body of one request; the path is relative to the drive."""
        address = path if path.startswith("http") else self.url + quote(path)
        signed = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        headers = {"Authorization": f"Basic {signed}"} | headers
        request = urllib.request.Request(address, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def told(self, code):
        """What code inside the portal prints, as JSON."""
        return json.loads(in_portal(self.portal, "import json\n" + code))


@contextlib.contextmanager
def served(portal):
    """The portal's drive while the block runs."""
    people = json.loads(in_portal(portal, _MAKE))
    with portal.started("--workers", "2", "--no-jobs") as (address, _process):
        yield Drive(portal, address, people)


def in_portal(portal, code):
    """What code prints inside the portal's settings; it may use the tests' own modules."""
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        env=portal.surroundings | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"},
        cwd=ROOT, capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout
