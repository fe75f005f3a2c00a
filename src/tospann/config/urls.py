"""All addresses: each capability's own, in one table."""

from django.urls import URLPattern, URLResolver, path

from tospann.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
