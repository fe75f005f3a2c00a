"""Addresses of the plan, its tasks and its imports."""

from django.urls import path

from tospann.planning import edit_views, import_views, late_views, views
from tospann.planning.angles.urls import urlpatterns as angles
from tospann.planning.drafts.urls import urlpatterns as drafts
from tospann.planning.editor import reporting
from tospann.planning.editor import views as editor
from tospann.planning.load.urls import urlpatterns as load
from tospann.planning.pending import views as pending
from tospann.planning.revisions import baseline_views as frozen
from tospann.planning.revisions import views as revisions
from tospann.planning.shorten.urls import urlpatterns as shorten
from tospann.planning.simulate import edit_views as uncertain
from tospann.planning.simulate import views as simulate

urlpatterns = [
    *angles,
    *drafts,
    *load,
    *shorten,
    path("p/<str:key>/plan", views.plan, name="plan"),
    path("p/<str:key>/plan/chart", editor.chart, name="plan_chart"),
    path("p/<str:key>/plan/rows", editor.rows, name="plan_rows"),
    path("p/<str:key>/plan/operations", editor.operate, name="plan_operations"),
    path("p/<str:key>/plan/tasks/<int:uid>/tap", reporting.tap, name="tap_task"),
    path("p/<str:key>/plan/decisions", pending.pending, name="pending_decisions"),
    path("p/<str:key>/plan/decisions/<int:number>", pending.waits, name="decision_waits"),
    path("p/<str:key>/plan/late", late_views.late_work, name="late_work"),
    path("p/<str:key>/plan/milestones", views.milestones, name="milestones"),
    path("p/<str:key>/plan/revisions", revisions.revisions, name="plan_revisions"),
    path("p/<str:key>/plan/revisions/<int:number>/rows", revisions.rows, name="past_rows"),
    path("p/<str:key>/plan/baselines/<str:baseline>/rename", frozen.rename, name="rename_baseline"),
    path("p/<str:key>/plan/baselines/<str:baseline>/remove", frozen.remove, name="remove_baseline"),
    path("p/<str:key>/plan/compare", revisions.compare, name="plan_compare"),
    path("p/<str:key>/plan/simulate", simulate.simulate, name="simulate"),
    path("p/<str:key>/plan/simulate/events/new", uncertain.add_event, name="new_event"),
    path("p/<str:key>/plan/simulate/events/<uuid:pk>", uncertain.change_event, name="edit_event"),
    path(
        "p/<str:key>/plan/simulate/events/<uuid:pk>/remove",
        uncertain.remove_event,
        name="remove_event",
    ),
    path("p/<str:key>/plan/tasks/<int:uid>/estimate", uncertain.estimate, name="estimate_task"),
    path("p/<str:key>/plan/start", edit_views.start, name="start_plan"),
    path("p/<str:key>/plan/freeze", edit_views.freeze, name="freeze_plan"),
    path("p/<str:key>/plan/move", edit_views.move, name="move_task"),
    path("p/<str:key>/plan/import", import_views.upload, name="plan_import"),
    path("p/<str:key>/plan/import/<uuid:pk>", import_views.report, name="import_report"),
    path("p/<str:key>/plan/tasks/new", edit_views.add, name="new_task"),
    path("p/<str:key>/plan/tasks/quick", edit_views.quick, name="quick_task"),
    path("p/<str:key>/plan/tasks/<int:uid>", views.task, name="plan_task"),
    path("p/<str:key>/plan/tasks/<int:uid>/what-if", views.what_if, name="what_if"),
    path("p/<str:key>/plan/tasks/<int:uid>/edit", edit_views.edit, name="edit_task"),
    path("p/<str:key>/plan/tasks/<int:uid>/remove", edit_views.remove, name="remove_task"),
    path("p/<str:key>/plan/tasks/<int:uid>/progress", edit_views.report, name="report_progress"),
]
