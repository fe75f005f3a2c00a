"""The way into the API, which is built only when somebody comes through it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt  # the API checks the token, or the session's CSRF token, itself
def api(request: HttpRequest, rest: str) -> HttpResponse:
    """Any address under ``/api/v1/``."""
    from tospann.config.api import serve

    return serve(request, rest)
