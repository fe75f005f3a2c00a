"""Calling the API as programs do: with a token, over HTTP."""

import json
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import making

from tospann.foundation.authority import SYSTEM
from tospann.foundation.ids import new_id
from tospann.people.commands import create_api_token


def token_of(person, scopes=("read", "write")):
    issued = create_api_token(
        SYSTEM,
        person,
        id=new_id(),
        name="a test",
        scopes=list(scopes),
        expires_on=timezone.localdate() + timedelta(days=1),
    )
    return issued.secret


@dataclass
class Caller:
    """A program with a token, or none."""

    token: str = ""
    language: str = "en"

    def get(self, path, **query):
        return Client().get(f"/api/v1{path}", query, headers=self.headers)

    def post(self, path, body=None, raw=None):
        data = raw if raw is not None else json.dumps(body or {})
        return Client().post(
            f"/api/v1{path}", data, content_type="application/json", headers=self.headers
        )

    def delete(self, path):
        return Client().delete(f"/api/v1{path}", headers=self.headers)

    def command(self, key, name, subject=None, version=None, **arguments):
        body = {"arguments": arguments, "version": version}
        if subject is not None:
            body["subject"] = subject
        return self.post(f"/projects/{key}/commands/{name}", body)

    @property
    def headers(self):
        found = {"Accept-Language": self.language}
        return found | ({"Authorization": f"Bearer {self.token}"} if self.token else {})


@pytest.fixture
def made(db):
    return making.project()


@pytest.fixture
def caller(made):
    """``caller(Role.MANAGER)``: a program of the person with that role in the project."""
    return lambda role, **more: Caller(token_of(made.people[role]), **more)
