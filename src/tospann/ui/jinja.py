"""The Jinja2 environment of every page: translations, filters, and the component macros as `ui`."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import nh3
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from jinja2 import Environment, pass_context, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup, escape

from tospann.ui import formats
from tospann.ui.field_names import field_name
from tospann.ui.labelled import labelled
from tospann.ui.quick import Pages

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

MACROS = ("controls", "content", "page", "project")
_ALLOWED_TAGS = {
    *("p", "br", "hr", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "a"),
    *("h3", "h4", "h5", "table", "thead", "tbody", "tr", "th", "td"),
}


REMEMBERED = frozenset(
    {"icon", "tag", "rag", "avatar", "person", "day", "moment", "amount", "progress", "bar_svg"}
)
"""Components made of nothing but their arguments: a list shows the same ones again and again."""


def _remembered(macro: Callable[..., Markup]) -> Callable[..., Markup]:
    """The macro, rendered once for each language and arguments; text and markup stay apart."""

    @lru_cache(maxsize=1024, typed=True)
    def rendered(_language: str, *args: Any, **kwargs: Any) -> Markup:
        return macro(*args, **kwargs)

    def component(*args: Any, **kwargs: Any) -> Markup:
        return rendered(language(), *args, **kwargs)

    return component


class Components:
    """`ui.button(…)` in any template: finds the macro among the component files at first use."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._files: dict[str, str] = {}

    def __getattr__(self, name: str) -> Callable[..., Markup]:
        if name.startswith("_"):
            raise AttributeError(name)
        if name not in self._files:
            self._files = self._index()
        try:
            module = self._environment.get_template(self._files[name]).module
        except KeyError:
            raise AttributeError(f"no component macro called {name!r}") from None
        macro: Callable[..., Markup] = getattr(module, name)
        if name in REMEMBERED:
            macro = _remembered(macro)
        if not self._environment.auto_reload:
            self.__dict__[name] = macro
        return macro

    def _index(self) -> dict[str, str]:
        paths = (f"ui/macros/{name}.html" for name in MACROS)
        return {
            macro: path
            for path in paths
            for macro in vars(self._environment.get_template(path).module)
            if not macro.startswith("_")
        }


def environment(**options: Any) -> Environment:
    """The environment for Django's Jinja2 backend (`OPTIONS["environment"]`)."""
    extensions = ["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"]
    options.setdefault("autoescape", True)
    env = Pages(extensions=extensions, trim_blocks=True, lstrip_blocks=True, **options)
    env.policies["ext.i18n.trimmed"] = True
    install = getattr(env, "install_gettext_callables")  # noqa: B009 - made by the i18n extension
    install(
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals.update(_=say, gettext=say)
    env.filters.update(FILTERS)
    env.globals.update(
        ui=Components(env),
        static=static,
        url=url,
        maybe_url=maybe_url,
        icon_href=icon_href,
        language=language,
        today=timezone.localdate,
        this_moment=timezone.now,
        initials=initials,
        as_tuple=as_tuple,
    )
    return env


@pass_eval_context
def say(context: EvalContext, msgid: str, /, **values: Any) -> str:
    """`_("…", name=value)` in a template: the message with its values, escaped as the page is."""
    said = _said(language(), msgid)
    if not values and "%" not in said:
        return said if context.autoescape else str(said)
    return said % values if context.autoescape else str(said) % values


@lru_cache(maxsize=8192)
def _said(_language: str, msgid: str) -> Markup:
    return Markup(translation.gettext(msgid))  # noqa: S704 - messages are ours


def language() -> str:
    """The active language's code, nb when none is."""
    return translation.get_language() or "nb"


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a route; raises NoReverseMatch when it does not exist."""
    return _address(name, args) if not kwargs else reverse(name, args=args or None, kwargs=kwargs)


@lru_cache(maxsize=8192)
def _address(name: str, args: tuple[Any, ...]) -> str:
    # A page has a hundred addresses, the same ones for every reader.
    return reverse(name, args=args or None)


def maybe_url(name: str, *args: Any, **kwargs: Any) -> str | None:
    """The address of a route, or None when this installation has no such route."""
    try:
        return url(name, *args, **kwargs)
    except NoReverseMatch:
        return None


@lru_cache(maxsize=512)
def icon_href(name: str) -> str:
    """The address of one symbol in the icon sprite."""
    return f"{static('ui/built/icons.svg')}#{name}"


def initials(name: str) -> str:
    """First letters of the first and the last word: Kari Nordmann → KN."""
    words = [word for word in str(name).split() if word[:1].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


def as_tuple(value: Any, length: int) -> tuple[Any, ...]:
    """Pad a string or short sequence with None: macros take `"Label"` and `("Label", "kind")`."""
    items = (value,) if isinstance(value, str) or not isinstance(value, Iterable) else tuple(value)
    return (*items, *(None,) * (length - len(items)))


def _local(value: date | datetime) -> date | datetime:
    aware = isinstance(value, datetime) and timezone.is_aware(value)
    return timezone.localtime(value) if aware and isinstance(value, datetime) else value


def _shown(format_value: Callable[..., str]) -> Callable[..., str]:
    """A filter in the page's language that shows nothing for None.

    It takes the context only so that Jinja does not work constants out once, at compile time.
    """

    @pass_context
    def shown(_context: Context, value: Any, *args: Any, **kwargs: Any) -> str:
        if value is None or value == "":
            return ""
        value = _local(value) if isinstance(value, date) else value
        return format_value(value, language(), *args, **kwargs)

    return shown


def ago(moment: datetime | date | None, now: datetime | None = None) -> str:
    """12 minutes ago, yesterday, 3 days ago; beyond a month the date."""
    if moment is None:
        return ""
    local = _local(moment)
    current = timezone.localtime(now) if now else timezone.localtime()
    days = (current.date() - (local.date() if isinstance(local, datetime) else local)).days
    if days == 0:
        return (
            _earlier_today(local, current)
            if isinstance(local, datetime)
            else translation.gettext("today")
        )
    if days in {1, -1}:
        return translation.gettext("yesterday") if days == 1 else translation.gettext("tomorrow")
    if abs(days) > 30:
        return formats.short_date(local, language())
    if days > 0:
        return translation.ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
    return translation.ngettext("in %(n)s day", "in %(n)s days", -days) % {"n": -days}


def _earlier_today(moment: datetime, now: datetime) -> str:
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return (
            translation.gettext("just now") if minutes >= 0 else formats.clock(moment, language())
        )
    if minutes < 60:
        return translation.ngettext("%(n)s minute ago", "%(n)s minutes ago", minutes) % {
            "n": minutes
        }
    hours = minutes // 60
    return translation.ngettext("%(n)s hour ago", "%(n)s hours ago", hours) % {"n": hours}


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # slow to import; most processes never meet a long text

    rules = MarkdownIt("commonmark", {"html": False, "linkify": False})
    return rules.enable(["table", "strikethrough"])


def markdown(text: str | None) -> Markup:
    """Markdown as safe HTML: raw HTML is escaped, images dropped, headings start at level 3."""
    if not text:
        return Markup()
    html = _markdown().render(str(text))
    for level in (3, 2, 1):
        html = html.replace(f"<h{level}>", f"<h{level + 2}>").replace(
            f"</h{level}>", f"</h{level + 2}>"
        )
    clean = nh3.clean(
        html,
        tags=_ALLOWED_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer",
    )
    return Markup(clean)  # noqa: S704 - cleaned by nh3


def machine_time(value: date | datetime | None) -> str:
    """The `datetime` attribute of a <time> element."""
    return _local(value).isoformat() if value is not None else ""


def attributes(values: dict[str, Any] | None) -> Markup:
    """A mapping as HTML attributes; True stands alone, False and None are left out."""
    parts = [
        Markup(" {}").format(escape(name))
        if value is True
        else Markup(' {}="{}"').format(name, value)
        for name, value in (values or {}).items()
        if value is not False and value is not None
    ]
    return Markup("").join(parts)


FILTERS: dict[str, Callable[..., Any]] = {
    "short_date": _shown(formats.short_date),
    "date_nb": _shown(formats.short_date),
    "long_date": _shown(formats.long_date),
    "month": _shown(formats.month),
    "weekday": _shown(formats.weekday_name),
    "week": _shown(formats.week),
    "clock": _shown(formats.clock),
    "date_and_time": _shown(formats.date_and_time),
    "number": _shown(formats.number),
    "money": _shown(formats.money),
    "size": _shown(formats.size),
    "millions": _shown(formats.millions),
    "key_money": _shown(formats.key_money),
    "percent": _shown(formats.percent),
    "ago": ago,
    "field_name": field_name,
    "markdown": markdown,
    "machine_time": machine_time,
    "attributes": attributes,
    "labelled": labelled,
}
