"""All addresses: each capability's own, in one table."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

from tospann.config import doors, health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    re_path(r"^api/v1/(?P<rest>[\s\S]*)$", doors.api, name="api"),
    *(path("", include(f"{app}.urls")) for app in settings.OWN_APPS if find_spec(f"{app}.urls")),
]

handler400 = "tospann.ui.pages.bad_request"
handler403 = "tospann.ui.pages.forbidden"
handler404 = "tospann.ui.pages.not_found"
handler500 = "tospann.ui.pages.server_error"
