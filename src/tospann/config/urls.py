"""All addresses: each capability's own, in one table."""

from functools import lru_cache
from importlib.util import find_spec

from django.conf import settings
from django.urls import ResolverMatch, URLPattern, URLResolver, include, path, re_path
from django.urls.resolvers import RoutePattern

from tospann.config import doors, health


class Remembering(URLResolver):
    """People ask for the same addresses again and again, and each is sought among hundreds."""

    @lru_cache(maxsize=2048)  # noqa: B019  # there is one, and it lives as long as the process
    def resolve(self, path: str) -> ResolverMatch:
        return super().resolve(path)


_all: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    re_path(r"^api/v1/(?P<rest>[\s\S]*)$", doors.api, name="api"),
    *(path("", include(f"{app}.urls")) for app in settings.OWN_APPS if find_spec(f"{app}.urls")),
]
urlpatterns = [Remembering(RoutePattern(""), _all)]

handler400 = "tospann.ui.pages.bad_request"
handler403 = "tospann.ui.pages.forbidden"
handler404 = "tospann.ui.pages.not_found"
handler500 = "tospann.ui.pages.server_error"
