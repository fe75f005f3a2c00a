"""The drawing of a plan: every bar where its dates are, every kind a shape of its own."""

from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation

import planengine as engine
from tospann.planning.drawing import Bar, Column, Look, Span, chart_of, gantt, sheets
from tospann.planning.drawing.links import Ends, lines
from tospann.planning.drawing.rows import columns
from tospann.planning.store import loaded

SVG = "{http://www.w3.org/2000/svg}"
DAY = 86_400
MONDAY = engine.instant(datetime(2027, 1, 11, 8))


def at(days, hours=0):
    return MONDAY + days * DAY + hours * 3600


def bar(uid, *days, **more):
    span = Span(at(days[0]), at(days[1], 8)) if days else None
    return Bar(uid, str(uid), more.pop("name", f"Rad {uid}"), span=span, **more)


def shapes(svg, name):
    return [one for one in ET.fromstring(svg).iter() if one.get("class") == name]


def texts(svg):
    return [one.text for one in ET.fromstring(svg).iter(f"{SVG}text")]


def test_a_bar_lies_between_its_dates():
    svg = gantt([bar(1, 0, 1), bar(2, 2, 3), bar(3, 0, 3)], look=Look(legend=False))
    one, two, both = shapes(svg, "g-bar")
    begins = [float(one.get("x")) for one in (one, two, both)]
    wide = [float(one.get("width")) for one in (one, two, both)]
    assert begins[0] == begins[2] < begins[1]
    day = (begins[1] - begins[0]) / 2
    assert wide[0] == pytest.approx(day * 4 / 3, abs=0.2)
    assert begins[1] + wide[1] == pytest.approx(begins[2] + wide[2], abs=0.2)


def test_what_is_critical_is_told_by_stripes_and_a_thicker_edge_not_by_colour_alone():
    svg = gantt([bar(1, 0, 1), bar(2, 2, 3, is_critical=True)], look=Look(id="one", legend=False))
    (plain,), (critical,) = shapes(svg, "g-bar"), shapes(svg, "g-bar-critical")
    assert critical.get("fill") == "url(#one-stripes)"
    assert float(critical.get("stroke-width")) > float(plain.get("stroke-width"))
    assert ET.fromstring(svg).find(f".//{SVG}pattern").get("id") == "one-stripes"


def test_how_much_is_done_is_that_share_of_the_bar():
    svg = gantt([bar(1, 0, 3, percent=25.0)], look=Look(legend=False))
    (whole,), (done,) = shapes(svg, "g-bar"), shapes(svg, "g-done")
    assert float(done.get("width")) == pytest.approx(float(whole.get("width")) / 4, abs=0.1)


def test_the_frozen_plan_and_another_plan_are_drawn_beside_the_bars():
    rows = [bar(1, 2, 3), bar(2, 0, 1), bar(3, change="removed", name="Borte")]
    was = {1: Span(at(0), at(1)), 2: Span(at(0), at(1, 8))}
    svg = gantt(rows, baseline=was, overlay={1: Span(at(1), at(2))}, look=Look(legend=False))
    assert len(shapes(svg, "g-base")) == 2
    (other,) = shapes(svg, "g-other")
    (base, _same) = shapes(svg, "g-base")
    assert float(base.get("x")) < float(other.get("x"))
    assert "− Borte" in texts(svg)


def test_a_row_of_another_plan_alone_is_an_outline():
    svg = gantt([bar(1, 0, 1, change="removed")], look=Look(legend=False))
    assert shapes(svg, "g-bar") == []
    assert len(shapes(svg, "g-other")) == 1


def test_milestones_say_their_date_and_phases_stand_out():
    phase = bar(1, 0, 5, kind="summary", name="Fase")
    reached = bar(2, 5, 5, kind="milestone", level=2, note="16.01.", percent=100)
    svg = gantt([phase, reached], look=Look(legend=False))
    assert "16.01." in texts(svg)
    assert len(shapes(svg, "g-band")) == len(shapes(svg, "g-summary")) == 1
    assert len(shapes(svg, "g-milestone")) == len(shapes(svg, "g-dot")) == 1


def test_what_people_wrote_is_text_and_never_markup():
    wild = '</text><script>alert(1)</script>&"\x01\x0b'
    look = Look(title=wild, description=wild)
    svg = gantt([bar(1, 0, 1, name=wild, note=wild, cells=(wild,))], columns=[Column(wild)],
                look=look)  # fmt: skip
    found = ET.fromstring(svg)
    assert not list(found.iter(f"{SVG}script"))
    assert found.find(f"{SVG}title").text == '</text><script>alert(1)</script>&"'


def test_only_what_is_in_the_drawing_is_in_the_legend():
    with translation.override("en"):
        bare = texts(gantt([bar(1, 0, 1)]))
        full = texts(
            gantt(
                [bar(1, 0, 1, is_critical=True, deadline=at(2)), bar(2, 1, 2)],
                links=[(1, 2, "FS")],
                baseline={1: Span(at(0), at(1))},
                look=Look(today=at(1), status=at(1)),
            )
        )
    words = {"On the critical path", "Baseline", "Deadline", "Dependency", "Today", "Status date"}
    assert not words & set(bare)
    assert words <= set(full)


def test_today_is_left_out_when_it_is_not_on_the_axis():
    assert shapes(gantt([bar(1, 0, 1)], look=Look(today=at(400), legend=False)), "g-today") == []


@pytest.mark.parametrize(
    ("days", "upper", "lower"),
    [
        (20, "januar 2027", "11"),
        (200, "januar 2027", "3"),
        (900, "2027", "feb"),
        (3000, "2028", "K2"),
    ],
)
def test_the_axis_divides_time_as_finely_as_there_is_room_for(days, upper, lower):
    found = texts(gantt([bar(1, 0, days)], look=Look(legend=False)))
    assert upper in found
    assert lower in found


def test_a_plan_without_dates_is_still_a_drawing():
    ET.fromstring(gantt([bar(1), bar(2)]))
    ET.fromstring(gantt([]))


ENDS = {
    1: Ends(100, 200, 10, is_critical=True, drop=104, half=5, leave=200),
    2: Ends(202, 300, 30, is_critical=True, drop=206, half=5, leave=300),
    3: Ends(400, 500, 70, is_critical=False, drop=404, half=5, leave=500),
}


@pytest.mark.parametrize("kind", ["FS", "SS", "FF", "SF"])
@pytest.mark.parametrize(("first", "second"), [(1, 2), (2, 1), (1, 3), (3, 1), (2, 3), (3, 2)])
def test_a_link_goes_from_the_right_end_to_the_right_end(kind, first, second):
    (line,) = lines([(first, second, kind)], ENDS, 20)
    begin = ENDS[first].right if kind[0] == "F" else ENDS[first].left
    assert line.path.startswith(f"M{begin:.1f} {ENDS[first].y:.1f}")
    tip = float(line.arrow[1:].split("L")[0].split(" ")[0])
    end = ENDS[second].right if kind[1] == "F" else ENDS[second].left
    assert tip in (end, ENDS[second].drop)
    assert line.is_critical is (3 not in {first, second})


def test_links_to_what_is_not_drawn_are_left_out():
    assert lines([(1, 9, "FS"), (9, 1, "FS"), (1, 1, "FS")], ENDS, 20) == []


def test_a_phase_that_goes_on_says_so_on_the_next_sheet():
    rows = [bar(1, kind="summary", name="Fase"), *(bar(uid, level=2) for uid in range(2, 9)),
            bar(9, kind="summary", name="Neste"), bar(10, level=2)]  # fmt: skip
    with translation.override("en"):
        found = sheets(rows, 5)
    assert all(len(sheet) <= 5 for sheet in found)
    assert [sheet[0].name for sheet in found] == ["Fase", "Fase (continued)", "Neste"]
    assert [one.uid for sheet in found for one in sheet if "continued" not in one.name] == list(
        range(1, 11)
    )


def made():
    calendar = engine.Calendar(uid=1, name="Uke", week=engine.NORDIC_WEEK)
    rows = (
        engine.Activity(uid=1, name="Fase"),
        engine.Activity(uid=2, name="Grave", parent=1, duration=5 * 8 * 3600, start=at(0),
                        finish=at(4, 8), responsible="kari"),
        engine.Activity(uid=3, name="Ferdig", parent=1, milestone=True, start=at(4, 8),
                        finish=at(4, 8), baselines=(engine.Baseline(0, at(3, 8), at(3, 8)),)),
    )  # fmt: skip
    links = (engine.Link(2, 3),)
    return engine.Plan(start=at(0), calendar=1, calendars=(calendar,), activities=rows, links=links)


def test_a_stored_plan_as_rows_of_a_drawing():
    with translation.override("nb"):
        chart = chart_of(loaded(made()), {"kari": "Kari Nordmann"}, "nb")
    phase, dig, ready = chart.bars
    assert (phase.kind, phase.span, phase.is_critical) == ("summary", Span(at(0), at(4, 8)), False)
    assert (dig.note, dig.is_critical, dig.cells) == (
        "Kari Nordmann", True, ("11.01.27", "15.01.27", "5"),
    )  # fmt: skip
    assert (ready.note, ready.cells) == ("15.01.", ("", "15.01.27", ""))
    assert chart.baseline == {3: Span(at(3, 8), at(3, 8))}
    assert chart.links == ((2, 3, "FS"),)
    assert MONDAY // DAY + 5 in chart.off
    assert MONDAY // DAY not in chart.off
    ET.fromstring(gantt(chart.bars, links=chart.links, baseline=chart.baseline, columns=columns()))


def test_fewer_levels_keep_the_milestones():
    chart = chart_of(loaded(made()), {}, "nb").down_to(1)
    assert [one.name for one in chart.bars] == ["Fase", "Ferdig"]
