"""Parts of a long list: the same rows in the same order as reading from the beginning."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tospann.foundation import parts

pytestmark = pytest.mark.django_db
COUNT = 3 * parts.FAR


@pytest.fixture
def ordered():
    ContentType.objects.all().delete()
    ContentType.objects.bulk_create(
        ContentType(app_label="odd" if n % 2 else "even", model=f"r{n * 7919 % COUNT:05}")
        for n in range(COUNT)
    )
    yield ContentType.objects.order_by("-app_label", "model", "pk")
    ContentType.objects.clear_cache()


@pytest.mark.parametrize(
    "start",
    [0, parts.FAR - 1, parts.FAR, COUNT // 2 - 30, COUNT // 2 + 30, COUNT - 101, COUNT - 1, COUNT],
)
def test_a_part_is_what_counting_from_the_beginning_gives(ordered, start):
    every = list(ordered.values_list("model", flat=True))
    rows = parts.part(ordered, start, start + 100, COUNT)
    assert [one.model for one in rows] == every[start : start + 100]
    shown = parts.part(ordered, start, start + 100, COUNT, ["model"])
    assert [one["model"] for one in shown] == every[start : start + 100]


def test_nothing_before_the_part_is_read_and_the_nearer_end_is_counted_from(ordered):
    with CaptureQueriesContext(connection) as asked:
        assert len(parts.part(ordered, COUNT - 150, COUNT - 50, COUNT)) == 100
    keys, rows = (one["sql"] for one in asked.captured_queries)
    assert "LIMIT 100 OFFSET 50" in keys
    assert "model" not in keys.split("FROM")[0]
    assert "OFFSET" not in rows
    assert "ORDER BY" not in rows
