"""One line: what is meant, and what is said when it is not understood."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils import translation

from tospann.meetings.live.lines import Kind, Named, Noted, NotUnderstood, is_command, read

TODAY = date(2026, 11, 18)  # a Wednesday
KARI, OLA, OLE, TOR = (
    Named(uuid4(), name) for name in ("Kari Nordmann", "Ola Hansen", "Ole Hansen", "Tor Haugen")
)
PEOPLE = [KARI, OLA, OLE, TOR]


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("/a @ola fre ny plan", Noted(Kind.ACTION, "Ny plan", OLA, date(2026, 11, 20))),
        ("/a @kari uke 49 ring", Noted(Kind.ACTION, "Ring", KARI, date(2026, 11, 30))),
        ("/a @tor 22. nov 2026 ring", Noted(Kind.ACTION, "Ring", TOR, date(2026, 11, 22))),
        ("/a @Ola.Hansen i morgen ring", Noted(Kind.ACTION, "Ring", OLA, date(2026, 11, 19))),
        ("/a @ole hansen +3d ring", Noted(Kind.ACTION, "Ring", OLE, date(2026, 11, 21))),
        ("/a @kn ring", Noted(Kind.ACTION, "Ring", KARI, None)),
        ("/a @ola ny plan innen 1.12", Noted(Kind.ACTION, "Ny plan", OLA, date(2026, 12, 1))),
        ("/a @ola to nye tilbud", Noted(Kind.ACTION, "To nye tilbud", OLA, None)),
        ("/a @tor, fre: ring", Noted(Kind.ACTION, "Ring", TOR, date(2026, 11, 20))),
        ("/aksjon rydde", Noted(Kind.ACTION, "Rydde")),
        ("  /v Fre er fristen", Noted(Kind.DECISION, "Fre er fristen")),
        ("/r frost i bakken", Noted(Kind.RISK, "Frost i bakken")),
        ("/p @ola heisen er sen", Noted(Kind.PROBLEM, "Heisen er sen", OLA)),
        ("/l @kari 1.12 tegningene", Noted(Kind.PROMISE, "Tegningene", KARI, date(2026, 12, 1))),
        ("/L @kari tegningene", Noted(Kind.PROMISE, "Tegningene", KARI)),
    ],
)
def test_what_a_line_means(line, meant):
    assert read(line, PEOPLE, TODAY) == meant


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/x noe", "/a"),
        ("noe", "/a"),
        ("/a", "about"),
        ("/a @kari fre", "about"),
        ("/a @", "name after @"),
        ("/a @per fre ring", "“per”"),
        ("/a @hansen fre ring", "Ola Hansen, Ole Hansen"),
        ("/a @kari 32.13 ring", "“32.13”"),
        ("/a @kari +99999d ring", "“+99999d”"),
        ("/v " + "x" * 201, "200"),
    ],
)
def test_what_is_not_understood_is_said(line, says):
    with translation.override("en"), pytest.raises(NotUnderstood) as wrong:
        read(line, PEOPLE, TODAY)
    assert says in str(wrong.value)


def test_only_known_commands_are_commands():
    assert is_command("/a @ola ring")
    assert is_command(" /v ja")
    assert not is_command("/etc/passwd")
    assert not is_command("3/4 ferdig")
