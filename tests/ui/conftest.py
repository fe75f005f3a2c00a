"""The interface alone: what other capabilities add to it is tested with them."""

import pytest

from tospann.ui import context, register


@pytest.fixture(autouse=True)
def nothing_added(monkeypatch):
    monkeypatch.setattr(context, "_extras", [])
    monkeypatch.setattr(register, "_kept", register._Kept())
