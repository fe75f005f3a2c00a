"""The hostile corpus through every door that reads a file: each is refused in words, or tried."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.blanks import filling
from tests.budget import starting
from tests.documents import hostile
from tests.people.accounts import administrator

from tospann.budget.models import Cost
from tospann.foundation.authority import Role
from tospann.jobs import confined
from tospann.planning.commands import start_plan
from tospann.projects.commands import keep_register
from tospann.registers.models import Line
from tospann.risks.models import Risk
from tospann.timesheets.models import Hours

pytestmark = [pytest.mark.django_db, pytest.mark.once]
GIGABYTE = 1024**3
ADMIN = {"set_word_template": ["end_report"], "upload_pack": []}
"""The organisation's own doors; the others belong to a project."""
OF_ONE = {"register_excel": ["keys"]}
"""What is named beside the project."""
PAGES = (
    *("set_word_template", "plan_import", "import_costs", "import_hours"),
    *("risk_excel", "register_excel", "read_budget", "upload_pack"),
)
API = ("plan/import", "costs/import", "risks/spreadsheet")
SLOW = ("plan_import", "risk_excel", "plan/import", "risks/spreadsheet")
EVERY = [
    pytest.param(name, marks=[pytest.mark.long] if name in SLOW else []) for name in (*PAGES, *API)
]
_SAID = re.compile(
    r'(?:role="alert"|ds-validation-message|ds-error-summary)[^>]*>(.*?)</', re.DOTALL
)


@pytest.fixture
def made():
    made = filling.project()
    starting.started(made, 100_000)
    start_plan(made.manager, made.project)
    keep_register(made.manager, made.project, key="keys", title="Nøkler", columns=[])
    return made


@pytest.fixture
def crashed(monkeypatch):
    """The children that ended without an answer."""
    found, start = [], confined.Crashed.__init__

    def noted(self, detail):
        found.append(detail)
        start(self, detail)

    monkeypatch.setattr(confined.Crashed, "__init__", noted)
    return found


@pytest.fixture
def door(request, client, made):
    """The address, with who may use it signed in."""
    name = request.param
    who = administrator() if name in ADMIN else made.people[Role.MANAGER]
    client.force_login(who, "allauth.account.auth_backends.AuthenticationBackend")
    if "/" in name:
        return f"/api/v1/projects/{made.project.key}/{name}"
    return reverse(name, args=ADMIN.get(name, [made.project.key, *OF_ONE.get(name, [])]))


def said(answer):
    """What the answer says is wrong, in plain text."""
    if answer["Content-Type"].endswith("json"):
        return answer.json().get("detail", "")
    found = (re.sub(r"<[^>]+>", " ", one) for one in _SAID.findall(answer.text))
    return " ".join(unescape(" ".join(found)).split())


@pytest.mark.parametrize("door", EVERY, indirect=True)
def test_every_hostile_file_is_refused_in_words_or_tried(client, made, door, crashed):
    """Nothing is written by a file that was only tried; the page answers every time."""
    refused = taken = 0
    for one in hostile.ALL:
        answer = client.post(door, {"file": SimpleUploadedFile(one.name, one.data)})
        if answer.status_code in (200, 202, 302):
            taken += 1
            page = client.get(answer["Location"]) if answer.status_code == 302 else answer
            assert page.status_code == 200 or answer.status_code == 202, one.name
            continue
        refused += 1
        assert answer.status_code in (413, 422), (one.name, answer.status_code)
        assert len(said(answer).split()) >= 3, (one.name, said(answer))
    assert refused + taken == len(hostile.ALL)
    assert refused >= len(hostile.BAD) // 2
    assert crashed == []
    for model in (Cost, Hours, Line, Risk):
        assert not model.objects.exists()


@pytest.mark.parametrize("door", [*PAGES, *API, "files/"], indirect=True)
def test_five_gigabytes_are_refused_before_a_byte_is_read(client, made, door):
    class Untouched:
        def read(self, *_args):
            raise AssertionError("the body was read")

        readline = __iter__ = __next__ = close = read

    answer = client.generic(
        "POST",
        door.rstrip("/"),
        CONTENT_TYPE="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(5 * GIGABYTE),
        **{"wsgi.input": Untouched()},
    )
    assert answer.status_code == 413
    told = answer.json()["detail"] if "json" in answer["Content-Type"] else answer.text
    assert re.search(r"\d+\sMB", told)
