"""What the files of a project may take, and that bytes are sent rather than named by their hash."""

import json

import pytest

from tospann.documents import blobs
from tospann.foundation.authority import Role
from tospann.foundation.ids import new_id

MEGABYTE = 1 << 20


def test_more_than_the_project_was_given_is_refused_in_words(settings, made, add):
    settings.PROJECT_QUOTA_MEGABYTES = 1
    half = b"a" * (MEGABYTE // 2)
    add("a.txt", data=half)
    add("b.txt", data=half)  # the same bytes take no more room
    add("c.txt", data=b"b" * (MEGABYTE // 2))
    with pytest.raises(blobs.NoRoom, match="1 MB") as refused:
        add("d.txt", data=b"more")
    assert refused.value.status == 507
    settings.PROJECT_QUOTA_MEGABYTES = 2
    assert add("d.txt", data=b"more").version_number == 1


def test_all_projects_together_have_a_limit_too(settings, add):
    settings.QUOTA_MEGABYTES = 1
    add("a.txt", data=b"a" * (MEGABYTE - 10))
    with pytest.raises(blobs.NoRoom):
        add("b.txt", data=b"b" * 20)


def test_who_knows_a_hash_does_not_get_the_file_for_it(client, made, add, folders):
    """A member names the bytes of a confidential document she does not see."""
    secret = add("hemmelig.txt", folder=folders["02"], data=b"prisen er 4,2 mill.")
    client.force_login(
        made.people[Role.MEMBER], "allauth.account.auth_backends.AuthenticationBackend"
    )
    named = {"sha256": secret.sha256, "size": secret.size, "media_type": "text/plain"}
    file = {**named, "name": "min.txt"}
    for command, arguments in (
        ("documents.add_document", {**file, "id": str(new_id())}),
        (
            "documents.attach",
            {**file, "id": str(new_id()), "born_in": f"projects.project:{made.project.pk}"},
        ),
        (
            "cases.record_decision",
            {"id": str(new_id()), "title": "Ja", "decided_on": "2026-01-02", "attachments": [file]},
        ),
    ):
        at = f"/api/v1/projects/{made.project.key}/commands/{command}"
        answer = client.post(
            at, json.dumps({"arguments": {**arguments, "id": str(new_id())}}), "application/json"
        )
        assert answer.status_code == 422, (command, answer.content)
        assert "sha256" in answer.json()["field"]
