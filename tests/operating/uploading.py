"""People who upload without end, each remembering what was acknowledged to them."""

import base64
import contextlib
import hashlib
import http.client
import random
import threading
from dataclasses import dataclass, field
from urllib.parse import urlsplit

LARGEST = 400_000


@dataclass
class Uploader:
    """Sends files through the drive until it is told to stop or the portal is gone."""

    address: str
    signed: dict[str, str]
    luck: random.Random
    acknowledged: dict[str, str] = field(default_factory=dict)
    """Name → hash of everything that was answered with 201."""
    refused: list[int] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self):
        found = urlsplit(self.address)
        connection = http.client.HTTPConnection(found.hostname, found.port, timeout=60)
        with contextlib.closing(connection):
            while not self.stop.is_set() and self._sent(connection):
                pass

    def _sent(self, connection):
        data = self.luck.randbytes(self.luck.randint(1, LARGEST))
        name = f"{self.luck.getrandbits(60):x}.bin"
        try:
            connection.request("PUT", f"/dav/DAV/{name}", data, self.signed)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            return False
        if answer.status == 201:
            self.acknowledged[name] = hashlib.sha256(data).hexdigest()
        else:
            self.refused.append(answer.status)
        return True


def start(address, signed, luck, many=4):
    """That many uploaders at once, and their threads."""
    made = [Uploader(address, signed, random.Random(luck.random())) for _one in range(many)]
    threads = [threading.Thread(target=one.run) for one in made]
    for thread in threads:
        thread.start()
    return made, threads


MAKE = """
from datetime import date
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.ids import new_id
from tospann.people.commands import create_app_password
from tospann.people.models import Organisation, Person
from tospann.projects import commands
ada = Person.objects.get(email="ada@example.org")
made = commands.found_project(
    SYSTEM, Organisation.objects.get(), id=new_id(), key="DAV", name="Hall",
    start=date(2027, 1, 1), finish=date(2027, 12, 31))
commands.appoint(SYSTEM, made, person=ada.pk, role=Role.COORDINATOR)
print(create_app_password(SYSTEM, ada, id=new_id(), name="PC").secret)
"""


def with_a_drive(portal):
    """A project whose documents Ada keeps through the drive; what signs her requests."""
    return signed_as("ada@example.org", portal.python(MAKE).split()[-1])


def signed_as(email, secret):
    word = base64.b64encode(f"{email}:{secret}".encode()).decode()
    return {"Authorization": f"Basic {word}"}


CHECK = """
import json, sys
from tospann.config.operating.verify import audit_faults
from tospann.documents.blobs import scrubbing
from tospann.documents.blobs.disk import Disk
from tospann.documents.models import Document
report = scrubbing.scrub()
print(json.dumps({
    "there": dict(Document.objects.filter(project__key="DAV").values_list("name", "sha256")),
    "files": report.files,
    "faults": [*audit_faults(), *report.damaged, *report.missing],
}))
"""
