"""Addresses of reports."""

from django.urls import path

from tospann.reports import views
from tospann.reports.checkpoints import views as checkpoints
from tospann.reports.editions import views as editions
from tospann.reports.tolerances import views as tolerances

_CHECKPOINTS, _EDITIONS = "p/<str:key>/reports/checkpoints", "p/<str:key>/reports/editions"
urlpatterns = [
    path("p/<str:key>/tolerances", tolerances.tolerances, name="tolerances"),
    path(
        "p/<str:key>/tolerances/<str:area>/report",
        tolerances.exception_report,
        name="exception_report",
    ),
    path(_CHECKPOINTS, checkpoints.checkpoints, name="checkpoints"),
    path(f"{_CHECKPOINTS}/new", checkpoints.send_checkpoint, name="send_checkpoint"),
    path(f"{_CHECKPOINTS}/<int:number>", checkpoints.checkpoint, name="checkpoint"),
    path(
        f"{_CHECKPOINTS}/<int:number>/answer",
        checkpoints.answer_checkpoint,
        name="answer_checkpoint",
    ),
    path(
        f"{_CHECKPOINTS}/ask/<int:uid>", checkpoints.ask_for_checkpoint, name="ask_for_checkpoint"
    ),
    path(_EDITIONS, editions.editions, name="external_editions"),
    path(f"{_EDITIONS}/<int:number>", editions.edition, name="external_edition"),
    path(f"{_EDITIONS}/<int:number>/pdf", editions.edition_pdf, name="external_edition_pdf"),
    path(
        f"{_EDITIONS}/<int:number>/withdraw",
        editions.withdraw_edition,
        name="withdraw_external_edition",
    ),
    path(
        "p/<str:key>/reports/<int:number>/edition",
        editions.new_edition,
        name="new_external_edition",
    ),
    path("p/<str:key>/reports", views.reports, name="reports"),
    path("p/<str:key>/reports/now", views.status_now, name="status_now"),
    path("p/<str:key>/reports/status.pdf", views.status_pdf, name="status_pdf"),
    path("p/<str:key>/reports/new", views.start_report, name="start_report"),
    path("p/<str:key>/reports/settings", views.set_reporting, name="set_reporting"),
    path("p/<str:key>/reports/<int:number>", views.report, name="report"),
    path("p/<str:key>/reports/<int:number>/save", views.save_report, name="save_report"),
    path("p/<str:key>/reports/<int:number>/discard", views.discard_report, name="discard_report"),
    path(
        "p/<str:key>/reports/<int:number>/take-back",
        views.take_back_report,
        name="take_back_report",
    ),
    path("p/<str:key>/reports/<int:number>/return", views.return_report, name="return_report"),
    path("p/<str:key>/reports/<int:number>/sign", views.sign_report, name="sign_report"),
    path("p/<str:key>/reports/<int:number>/send", views.send_report, name="send_report"),
    path("p/<str:key>/reports/<int:number>/check", views.check_report, name="check_report"),
    path("p/<str:key>/reports/<int:number>/pdf", views.report_pdf, name="report_pdf"),
    path("p/<str:key>/reports/<int:number>/slides", views.report_slides, name="report_slides"),
]
