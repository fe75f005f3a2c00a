"""Asking a drive through Django's client: quick, and one transaction at a time."""

import base64
from urllib.parse import quote
from xml.etree import ElementTree

from tospann.foundation.authority import SYSTEM
from tospann.foundation.ids import new_id
from tospann.people.commands import create_app_password

DAV = "{DAV:}"


class Asking:
    """One person's drive of one project."""

    def __init__(self, client, person, project, *, may_write=True):
        issued = create_app_password(SYSTEM, person, id=new_id(), name="PC", may_write=may_write)
        secret = f"{person.email}:{issued.secret}".encode()
        self.client = client
        self.signed = "Basic " + base64.b64encode(secret).decode()
        self.root = f"/dav/{project.key}/"

    def __call__(self, method, path="", data=b"", **headers):
        address = path if path.startswith("/") else self.root + quote(path)
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method,
            address,
            data,
            content_type="application/octet-stream",
            headers={"Authorization": self.signed} | headers,
        )

    def lock(self, path, **headers):
        """The token of a new lock."""
        headers = {"Timeout": "Second-600"} | headers
        answer = self("LOCK", path, LOCK, **headers)
        assert answer.status_code in {200, 201}, answer.content
        return answer["Lock-Token"].strip("<>")

    def names(self, path=""):
        """What lies in the folder."""
        answer = self("PROPFIND", path, Depth="1")
        assert answer.status_code == 207, answer.content
        found = [one.findtext(f".//{DAV}displayname") for one in xml(answer)]
        return found[1:]

    def destination(self, path):
        return f"http://testserver{self.root}{quote(path)}"

    def move(self, path, to, **headers):
        return self("MOVE", path, Destination=self.destination(to), **headers)

    def copy(self, path, to, **headers):
        return self("COPY", path, Destination=self.destination(to), **headers)


LOCK = (
    b'<lockinfo xmlns="DAV:"><lockscope><exclusive/></lockscope>'
    b"<locktype><write/></locktype><owner><href>Kari</href></owner></lockinfo>"
)


def content(answer):
    """The bytes of an answer, however it comes."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def xml(answer):
    return ElementTree.fromstring(answer.content)
