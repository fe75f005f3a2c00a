"""Addresses of webhooks."""

from django.urls import path

from tospann.webhooks import views

urlpatterns = [
    path("admin/webhooks", views.wide, name="admin_webhooks"),
    path("admin/webhooks/new", views.new_wide, name="new_organisation_webhook"),
    path("p/<str:key>/settings/webhooks", views.of_project, name="project_webhooks"),
    path("p/<str:key>/settings/webhooks/new", views.new, name="new_webhook"),
    path("webhooks/<uuid:pk>", views.one, name="webhook"),
    path("webhooks/<uuid:pk>/edit", views.edit, name="edit_webhook"),
    path("webhooks/<uuid:pk>/secret", views.renew, name="renew_webhook_secret"),
    path("webhooks/<uuid:pk>/resend/<uuid:delivery>", views.resend, name="resend_delivery"),
    path("webhooks/<uuid:pk>/do/<slug:what>", views.act, name="act_on_webhook"),
]
