"""The router of people under an API of its own, with tokens as in the portal."""

from django.urls import path
from ninja import NinjaAPI

from tospann.foundation.errors import CommandError
from tospann.people.api import router
from tospann.people.tokens import Bearer

api = NinjaAPI(auth=Bearer(), urls_namespace="people-test")
api.add_router("", router)


@api.exception_handler(CommandError)
def refused(request, error):
    return api.create_response(request, {"detail": error.message}, status=error.status)


urlpatterns = [path("api/", api.urls)]
