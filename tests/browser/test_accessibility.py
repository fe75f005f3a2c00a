"""Every page by axe's rules."""

import pytest
from tests.browser.looking import LOOKS, axe, axe_and_reflow, look_at, none, share
from tests.browser.places import NO_PAGE, routes


def test_every_address_is_a_known_page_or_said_to_be_none(found):
    places, refuse_get = found
    known = {place.route for place in places} | refuse_get | set(NO_PAGE)
    none([route for route in routes() if route not in known])


@pytest.mark.parametrize("look", LOOKS, ids="-".join)
def test_axe_finds_nothing(visitors, places, look, request):
    none(look_at(visitors, share(places, look, request.config), look, axe_and_reflow))


def test_axe_does_find_what_is_wrong(page_as):
    with page_as() as page:
        page.goto("/account/login/")
        page.evaluate("() => document.querySelector('main').append(new Image())")
        assert any(line.startswith("image-alt") for line in axe(page))
