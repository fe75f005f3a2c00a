"""Addresses of drafts."""

from django.urls import path

from tospann.planning.drafts import deciding_views, views

DRAFTS = "p/<str:key>/plan/drafts"
ONE = f"{DRAFTS}/<uuid:pk>"

urlpatterns = [
    path(DRAFTS, views.drafts, name="plan_drafts"),
    path(f"{DRAFTS}/new", views.new, name="new_draft"),
    path(ONE, views.one, name="plan_draft"),
    path(f"{ONE}/panel", views.panel, name="draft_panel"),
    path(f"{ONE}/rows", views.rows, name="draft_rows"),
    path(f"{ONE}/operations", views.operate, name="draft_operations"),
    path(
        f"{ONE}/steps/<int:number>/out",
        views.take_out,
        name="draft_take_out",
    ),
    path(
        f"{ONE}/steps/<int:number>/back",
        views.put_back,
        name="draft_put_back",
    ),
    path(f"{ONE}/delay", views.delay, name="draft_delay"),
    path(f"{ONE}/money", views.set_amount, name="draft_amount"),
    path(f"{ONE}/money/<uuid:line>/out", views.drop_amount, name="draft_drop_amount"),
    path(f"{ONE}/freeze", views.freeze, name="draft_freeze"),
    path(f"{ONE}/choose", views.choose, name="draft_choose"),
    path(f"{ONE}/settings", views.settings, name="draft_settings"),
    path(f"{ONE}/discard", views.discard, name="discard_draft"),
    path(f"{ONE}/take-up", views.take_up, name="take_up_draft"),
    path(f"{ONE}/apply", deciding_views.apply, name="apply_draft"),
    path(f"{ONE}/submit", deciding_views.submit, name="submit_draft"),
]
