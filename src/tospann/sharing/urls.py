"""Addresses of sharing."""

from django.urls import path

from tospann.sharing.views import rules, shares, things

_AT = "p/<str:key>/sharing"
_THING = f"{_AT}/of/<str:label>/<uuid:pk>"
urlpatterns = [
    path(_AT, shares.shares, name="shares"),
    path(f"{_AT}/rules", rules.project_rules, name="sharing_rules"),
    path(f"{_AT}/stop", rules.stop_all, name="stop_all_sharing"),
    path(f"{_AT}/people/<uuid:pk>", things.what_can, name="what_can"),
    path(_THING, things.who_sees, name="who_sees"),
    path(f"{_THING}/new", things.new_share, name="new_share"),
    path(f"{_AT}/<uuid:pk>", shares.share, name="share"),
    path(f"{_AT}/<uuid:pk>/change", shares.change_share, name="change_share"),
    path(f"{_AT}/<uuid:pk>/stop", shares.stop_share, name="stop_share"),
    path(f"{_AT}/<uuid:pk>/pause", shares.pause_share, name="pause_share"),
    path(f"{_AT}/<uuid:pk>/confirm", shares.confirm_share, name="confirm_share"),
    path(f"{_AT}/<uuid:pk>/link", shares.fetch_link, name="fetch_link"),
    path("admin/sharing", rules.organisation_rules, name="organisation_rules"),
]
