"""Addresses of quality."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from tospann.quality.sorts import DELIVERABLE, NONCONFORMITY, REQUIREMENT, REVIEW, ROUND, Sort
from tospann.quality.views import lists, rows, tests

_AT = "p/<str:key>/quality"
_CASE = f"{_AT}/rounds/<int:number>/cases/<uuid:pk>"


def _of(sort: Sort, place: str) -> Iterator[URLPattern]:
    """The pages that all sorts have."""
    base, of = f"{_AT}/{place}", {"of": sort}
    one = f"{base}/<int:number>"
    yield path(base, lists.listed, of, name=sort.plural)
    yield path(f"{base}/new", rows.new, of, name=f"new_{sort.name}")
    yield path(one, rows.show, of, name=sort.name)
    yield path(f"{one}/edit", rows.edit, of, name=f"edit_{sort.name}")
    for act in sort.acts.values():
        address = f"{one}/{act.name.replace('_', '-')}"
        known = {**of, "by": act}
        yield path(address, rows.act, known, name=f"{act.name}_{sort.name}")


urlpatterns = [
    path(_AT, lists.overview, name="quality"),
    path(f"{_AT}/coverage", lists.coverage, name="coverage"),
    path(_CASE, tests.case, name="test_case"),
    path(f"{_CASE}/edit", tests.edit, name="edit_test_case"),
    path(f"{_CASE}/remove", tests.remove, name="remove_test_case"),
    *_of(REQUIREMENT, "requirements"),
    *_of(DELIVERABLE, "deliverables"),
    *_of(REVIEW, "reviews"),
    *_of(ROUND, "rounds"),
    *_of(NONCONFORMITY, "nonconformities"),
]
