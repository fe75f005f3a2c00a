"""Addresses of cases, gates, decisions and the authority matrix."""

from django.urls import path
from django.views.decorators.http import require_POST

from tospann.cases import bundle_views, gate_views, log_views, matrix_views, point_views, views

urlpatterns = [
    path("p/<str:key>/decisions", views.decisions, name="decisions"),
    path("p/<str:key>/decisions/new", views.new_case, name="new_case"),
    path("p/<str:key>/decisions/log", log_views.decision_log, name="decision_log"),
    path("p/<str:key>/decisions/changes", log_views.change_log, name="change_log"),
    path("p/<str:key>/decisions/log/new", log_views.record_decision, name="record_decision"),
    path(
        "p/<str:key>/decisions/log/outside",
        log_views.record_outside_decision,
        name="record_outside_decision",
    ),
    path("p/<str:key>/decisions/log/<int:number>", log_views.decision, name="decision"),
    path("p/<str:key>/decisions/authority", matrix_views.authority, name="authority"),
    path("p/<str:key>/decisions/authority/new", matrix_views.new_rule, name="new_authority_rule"),
    path(
        "p/<str:key>/decisions/authority/standard",
        matrix_views.replace_matrix,
        name="replace_matrix",
    ),
    path(
        "p/<str:key>/decisions/authority/<uuid:pk>",
        matrix_views.authority_rule,
        name="authority_rule",
    ),
    path(
        "p/<str:key>/decisions/authority/<uuid:pk>/remove",
        matrix_views.remove_rule,
        name="remove_authority_rule",
    ),
    path("p/<str:key>/decisions/gates", gate_views.gate_list, name="gates"),
    path("p/<str:key>/decisions/gates/<str:code>", gate_views.gate, name="gate"),
    path("p/<str:key>/decisions/gates/<str:code>/day", gate_views.move, name="move_gate"),
    path("p/<str:key>/decisions/gates/<str:code>/prepare", gate_views.prepare, name="prepare_gate"),
    path("p/<str:key>/decisions/criteria/<uuid:pk>", gate_views.settle, name="settle_criterion"),
    path("p/<str:key>/decisions/gates/<str:code>/rules", point_views.rule_list, name="gate_rules"),
    path(
        "p/<str:key>/decisions/gates/<str:code>/points/new",
        point_views.add_point,
        name="new_criterion",
    ),
    path(
        "p/<str:key>/decisions/criteria/<uuid:pk>/change",
        point_views.change_point,
        name="change_criterion",
    ),
    path(
        "p/<str:key>/decisions/cases/<int:number>/waive/<uuid:pk>",
        point_views.waive,
        name="waive_criterion",
    ),
    path(
        "p/<str:key>/decisions/cases/<int:number>/waive/<uuid:pk>/withdraw",
        require_POST(point_views.withdraw_waiver),
        name="withdraw_waiver",
    ),
    path(
        "p/<str:key>/decisions/cases/<int:number>/papers/new",
        bundle_views.append,
        name="append_paper",
    ),
    path(
        "p/<str:key>/decisions/cases/<int:number>/papers/<uuid:pk>/remove",
        require_POST(bundle_views.remove),
        name="remove_paper",
    ),
    path(
        "p/<str:key>/decisions/cases/<int:number>/bundle",
        bundle_views.make,
        name="make_bundle",
    ),
    path(
        "p/<str:key>/decisions/cases/<int:number>/bundle/<uuid:pk>/send",
        require_POST(bundle_views.send),
        name="send_bundle",
    ),
    path("p/<str:key>/decisions/cases/<int:number>", views.case, name="case"),
    path("p/<str:key>/decisions/cases/<int:number>/edit", views.edit_case, name="edit_case"),
    path(
        "p/<str:key>/decisions/cases/<int:number>/submit",
        require_POST(views.submit_case),
        name="submit_case",
    ),
    path(
        "p/<str:key>/decisions/cases/<int:number>/withdraw",
        require_POST(views.withdraw_case),
        name="withdraw_case",
    ),
    path(
        "p/<str:key>/decisions/cases/<int:number>/refresh",
        require_POST(views.refresh_case),
        name="refresh_case",
    ),
    path("p/<str:key>/decisions/cases/<int:number>/remark", views.remark, name="remark"),
    path("p/<str:key>/decisions/cases/<int:number>/return", views.return_case, name="return_case"),
    path("p/<str:key>/decisions/cases/<int:number>/decide", views.decide, name="decide"),
]
