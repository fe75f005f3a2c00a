"""Addresses of stakeholders, what they are told, contacts, telephone notes and promises."""

from django.urls import path

from tospann.stakeholders import communication_views, contact_views, register_views, views

STAKEHOLDERS, COMMUNICATION = "p/<str:key>/stakeholders", "p/<str:key>/communication"
ONE, LINE = f"{STAKEHOLDERS}/<int:number>", f"{COMMUNICATION}/<int:number>"
urlpatterns = [
    path(STAKEHOLDERS, register_views.stakeholders, name="stakeholders"),
    path(f"{STAKEHOLDERS}/new", register_views.new_stakeholder, name="new_stakeholder"),
    path(f"{STAKEHOLDERS}/matrix", register_views.stakeholder_matrix, name="stakeholder_matrix"),
    path(ONE, register_views.stakeholder, name="stakeholder"),
    path(f"{ONE}/edit", register_views.edit_stakeholder, name="edit_stakeholder"),
    path(f"{ONE}/judge", register_views.judge_stakeholder, name="judge_stakeholder"),
    path(f"{ONE}/forget", register_views.forget_judgement, name="forget_judgement"),
    path(f"{ONE}/remove", register_views.remove_stakeholder, name="remove_stakeholder"),
    path(COMMUNICATION, communication_views.communication, name="communication"),
    path(f"{COMMUNICATION}/new", communication_views.new_communication, name="new_communication"),
    path(f"{COMMUNICATION}/log", communication_views.communication_log, name="communication_log"),
    path(LINE, communication_views.communication_item, name="communication_item"),
    path(f"{LINE}/edit", communication_views.edit_communication, name="edit_communication"),
    path(f"{LINE}/told", communication_views.record_communication, name="record_communication"),
    path(f"{LINE}/end", communication_views.end_communication, name="end_communication"),
    path(f"{LINE}/resume", communication_views.resume_communication, name="resume_communication"),
    path("p/<str:key>/notes", views.notes, name="notes"),
    path("p/<str:key>/notes/new", views.new_note, name="new_note"),
    path("p/<str:key>/notes/<int:number>", views.note, name="note"),
    path("p/<str:key>/notes/<int:number>/edit", views.edit_note, name="edit_note"),
    path("p/<str:key>/contacts", contact_views.contacts, name="contacts"),
    path("p/<str:key>/contacts/new", contact_views.new_contact, name="new_contact"),
    path("p/<str:key>/contacts/<uuid:pk>", contact_views.contact, name="contact"),
    path("p/<str:key>/contacts/<uuid:pk>/edit", contact_views.edit_contact, name="edit_contact"),
    path(
        "p/<str:key>/contacts/<uuid:pk>/remove",
        contact_views.remove_contact,
        name="remove_contact",
    ),
    path("p/<str:key>/promises", views.promises, name="promises"),
    path("p/<str:key>/promises/new", views.new_promise, name="new_promise"),
    path("p/<str:key>/promises/<int:number>", views.promise, name="promise"),
    path("p/<str:key>/promises/<int:number>/edit", views.edit_promise, name="edit_promise"),
    path("p/<str:key>/promises/<int:number>/keep", views.keep_promise, name="keep_promise"),
    path("p/<str:key>/promises/<int:number>/reopen", views.reopen_promise, name="reopen_promise"),
    path("p/<str:key>/promises/<int:number>/break", views.break_promise, name="break_promise"),
    path(
        "p/<str:key>/promises/<int:number>/withdraw",
        views.withdraw_promise,
        name="withdraw_promise",
    ),
    path(
        "p/<str:key>/promises/<int:number>/hand-over",
        views.hand_over_promise,
        name="hand_over_promise",
    ),
]
