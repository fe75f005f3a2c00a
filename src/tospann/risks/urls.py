"""Addresses of risks and opportunities, problems and deviations."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from tospann.risks import import_views, picture_views, views
from tospann.risks.sorts import DEVIATION, PROBLEM, RISK, Sort


def _of(sort: Sort) -> Iterator[URLPattern]:
    """The pages that all three sorts have."""
    base, name, of = f"p/<str:key>/{sort.plural}", sort.name, {"of": sort}
    one = f"{base}/<int:number>"
    yield path(f"{base}/new", views.new, of, name=f"new_{name}")
    yield path(one, views.show, of, name=name)
    yield path(f"{one}/edit", views.edit, of, name=f"edit_{name}")
    yield path(f"{one}/close", views.close, of, name=f"close_{name}")
    yield path(f"{one}/hand-over", views.hand_over, of, name=f"hand_over_{name}")
    yield path(f"{one}/reopen", views.reopen, of, name=f"reopen_{name}")
    yield path(f"{one}/act", views.act, of, name=f"act_on_{name}")
    yield path(f"{one}/case", views.as_case, of, name=f"{name}_as_case")


urlpatterns = [
    path("p/<str:key>/risks", views.risks, name="risks"),
    path("p/<str:key>/problems", views.problems, name="problems"),
    path("p/<str:key>/deviations", views.deviations, name="deviations"),
    path("p/<str:key>/risks/matrix", picture_views.matrices, name="risk_matrix"),
    path("p/<str:key>/risks/cells", picture_views.cells, name="risk_cells"),
    path("p/<str:key>/risks/timeline", picture_views.timeline, name="risk_timeline"),
    path("p/<str:key>/risks/excel", import_views.excel, name="risk_excel"),
    path("p/<str:key>/risks/excel/file", import_views.written, name="risk_excel_file"),
    path("p/<str:key>/risks/excel/<uuid:pk>", import_views.confirm, name="risk_import"),
    *_of(RISK),
    *_of(PROBLEM),
    *_of(DEVIATION),
]
