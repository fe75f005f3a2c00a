"""The way into the API, which is built only when somebody comes through it."""

import threading

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

_building = threading.Lock()


@csrf_exempt  # the API checks the token, or the session's CSRF token, itself
def api(request: HttpRequest, rest: str) -> HttpResponse:
    """Any address under ``/api/v1/``."""
    with _building:  # it is large: one thread builds it while the others wait
        from tospann.config import api as built

        built.build()
    return built.serve(request, rest)
