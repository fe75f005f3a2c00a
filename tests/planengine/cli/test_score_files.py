"""The engine's score on plans whose dates Microsoft Project and P6 stored."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests import oracles

from planengine.cli import main
from planengine.cli.score import FIELDS

PLANS = oracles.there()


def test_every_field_is_as_good_as_the_bar(capsys: pytest.CaptureFixture[str]) -> None:
    """Grade A: every start and finish, 99.5 % of the rest; every file at least MPXJ's own count."""
    assert main(["score", str(PLANS), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    manifest = {row["id"]: row for row in json.loads((PLANS / "MANIFEST.json").read_text())}
    assert len(found["files"]) == len(manifest)
    for one in found["files"]:
        peer = manifest[one["id"]]["verified"]
        for name in FIELDS:
            assert one["fields"][name]["matched"] >= peer.get(name, {"mpxj": 0})["mpxj"], one
    for name in FIELDS:
        counts = [one["fields"][name] for one in found["files"] if one["grade"] == "A"]
        matched, total = (sum(row[key] for row in counts) for key in ("matched", "total"))
        assert matched >= total * (1 if name in ("start", "finish") else 0.995)
