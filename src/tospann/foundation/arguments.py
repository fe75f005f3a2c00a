"""What a command accepts: its arguments as a pydantic model, to be checked and stored."""

import inspect
import re
from collections.abc import Callable
from typing import Annotated, Any, get_type_hints

from django.utils.translation import gettext, gettext_noop
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    create_model,
    model_validator,
)

from tospann.foundation.errors import Invalid


def _visible(text: str) -> str:
    """Text that shows nothing (only control or zero-width characters) is no name for anything."""
    if text and not any(part.isprintable() and not part.isspace() for part in text):
        raise ValueError(gettext("This cannot be empty."))
    return text


Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    AfterValidator(_visible),
]
OptionalLine = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000),
    AfterValidator(_visible),
]
OptionalText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20_000)]
Link = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, max_length=500, pattern=r"^$|^https?://\S+$|^/([^/\\\s]\S*)?$"
    ),
]
Key = Annotated[str, StringConstraints(max_length=60, pattern=r"^[a-z][a-z0-9_]*$")]
Percent = Annotated[int, Field(ge=0, le=100)]
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Arguments(BaseModel):
    """Base of every command's arguments: unknown names and unstorable characters are refused."""

    # Built when first used: a start needs none of the hundred and more.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, values: Any) -> Any:
        if _has_unstorable(values):
            raise ValueError(gettext("The text holds characters that cannot be stored."))
        return values


def describe(function: Callable[..., Any]) -> type[Arguments]:
    """The keyword arguments of ``(actor, subject, *, …)`` as a model."""
    hints = get_type_hints(function, include_extras=True)
    _actor, _subject, *rest = inspect.signature(function).parameters.values()
    fields: dict[str, Any] = {
        p.name: (hints[p.name], ... if p.default is p.empty else p.default) for p in rest
    }
    name = "".join(part.title() for part in function.__name__.split("_"))
    return create_model(name, __base__=Arguments, **fields)


def checked(model: type[Arguments], values: dict[str, Any]) -> Arguments:
    """The validated arguments, or ``Invalid`` with a sentence that names the field."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or None
        raise Invalid(sentence_for(first), field) from None


_SENTENCES = {
    "missing": gettext_noop("This is required."),
    "extra_forbidden": gettext_noop("This is not known here."),
    "string_too_short": gettext_noop("This cannot be empty."),
    "string_too_long": gettext_noop("This is too long (at most %(max_length)s characters)."),
    "string_pattern_mismatch": gettext_noop(
        "Some of these characters cannot be used here, or there are too few or too many of them."
    ),
    "string_type": gettext_noop("This must be text."),
    "int_parsing": gettext_noop("This must be a whole number."),
    "int_type": gettext_noop("This must be a whole number."),
    "int_from_float": gettext_noop("This must be a whole number."),
    "bool_parsing": gettext_noop("This must be yes or no."),
    "bool_type": gettext_noop("This must be yes or no."),
    "decimal_parsing": gettext_noop("This must be a number."),
    "decimal_type": gettext_noop("This must be a number."),
    "float_parsing": gettext_noop("This must be a number."),
    "float_type": gettext_noop("This must be a number."),
    "finite_number": gettext_noop("This must be a number."),
    "decimal_max_digits": gettext_noop("The number is too long."),
    "decimal_max_places": gettext_noop("At most %(decimal_places)s decimals can be kept."),
    "decimal_whole_digits": gettext_noop("The number is too large."),
    "date_from_datetime_parsing": gettext_noop("This must be a date."),
    "date_parsing": gettext_noop("This must be a date."),
    "uuid_parsing": gettext_noop("This is not a valid reference."),
    "enum": gettext_noop("Choose one of: %(expected)s."),
    "literal_error": gettext_noop("Choose one of: %(expected)s."),
    "greater_than_equal": gettext_noop("This must be at least %(ge)s."),
    "greater_than": gettext_noop("This must be more than %(gt)s."),
    "less_than": gettext_noop("This must be less than %(lt)s."),
    "less_than_equal": gettext_noop("This must be at most %(le)s."),
}


def sentence_for(error: Any) -> str:
    msgid = _SENTENCES.get(error["type"])
    if msgid is None:
        return str(error["msg"]).removeprefix("Value error, ")
    return gettext(msgid) % error.get("ctx", {}) if "%(" in msgid else gettext(msgid)


_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def _has_unstorable(value: Any) -> bool:
    if isinstance(value, str):
        return _UNSTORABLE.search(value) is not None
    if isinstance(value, dict):
        return any(_has_unstorable(k) or _has_unstorable(v) for k, v in value.items())
    if isinstance(value, list | tuple):
        return any(_has_unstorable(item) for item in value)
    return False
