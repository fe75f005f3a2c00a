"""What the pages of a meeting under way send."""

from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tospann.foundation.errors import Invalid
from tospann.foundation.ids import new_id
from tospann.meetings.live.drafts import Written
from tospann.ui.forms import Form

MOST_DIGITS = 15


def written(sent: QueryDict) -> Written:
    """What a page sends of an item's text. A plain form is a client of its own, once."""
    return Written(
        client=client_id(sent.get("client", "")),
        sequence=number(sent.get("sequence", "1")) or 1,
        text=sent.get("text", ""),
        base=sent.get("base", ""),
        heard=number(sent.get("heard", "0")),
    )


def client_id(text: str) -> UUID:
    if not text:
        return new_id()
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(gettext("This is not a valid reference."), "client") from None


def number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0


class PhotoForm(Form):
    """A photo straight into the item: on a phone the camera opens."""

    file = forms.FileField(
        label=_("Photo"),
        widget=forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}
        ),
    )
