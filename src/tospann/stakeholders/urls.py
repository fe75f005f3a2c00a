"""Addresses of contacts, telephone notes and promises."""

from django.urls import path

from tospann.stakeholders import contact_views, views

urlpatterns = [
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
