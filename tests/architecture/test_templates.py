"""Rules about the templates: what the security policy forbids, and text nobody can translate."""

import re
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import pytest
from jinja2 import nodes

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(
    path
    for path in (ROOT / "src/tospann").glob("*/templates/**/*")
    if path.suffix in {".html", ".txt", ".svg"}
)
PAGES = [path for path in TEMPLATES if path.suffix != ".txt"]
EXTENSIONS = ["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"]
GETTEXT = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
SHOWN_ATTRIBUTES = {
    "title", "alt", "placeholder", "label",
    "aria-label", "aria-description", "aria-roledescription",
}  # fmt: skip
# The name of the product, and languages by their own names, are the same in every language.
NEED_NO_TRANSLATION = {"Tospann", "English", "Norsk", "Norsk bokmål", "Bokmål"}
JINJA = re.compile(
    r"{#.*?#}"
    r"|{%-?\s*trans\b.*?{%-?\s*endtrans\s*[-+]?%}"
    r"|{%-?\s*raw\s*-?%}.*?{%-?\s*endraw\s*-?%}"
    r"|{%.*?%}"
    r"|{{.*?}}",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"""([\w:@.-]+)=["']([^"']*)["']""")
WORD = re.compile(r"[^\W\d_]{2,}")
SENTENCE = re.compile(r"[A-ZÆØÅ][a-zæøå]+([ ,.:;!?…].*)?", re.DOTALL)


def named(path):
    return str(path.relative_to(ROOT / "src/tospann"))


def without_jinja(text):
    """The markup alone, with its line numbers."""
    return JINJA.sub(_stand_in, text)


def _stand_in(found):
    """An expression may be a tag, an attribute or a text; this passes for all of them."""
    return "\n" * found[0].count("\n") + ("x0" if found[0].startswith("{{") else "")


def is_text(text):
    for name in sorted(NEED_NO_TRANSLATION, key=len, reverse=True):
        text = text.replace(name, "")
    return WORD.search(text) is not None


class Reader(HTMLParser):
    """Collects what breaks a rule: `forbidden` by the policy, `untranslated` for the reader."""

    def __init__(self):
        super().__init__()
        self.forbidden, self.untranslated, self._inside = [], [], ""

    def handle_starttag(self, tag, attrs):
        self._inside = tag
        given = dict(attrs)
        where = f"line {self.getpos()[0]}: <{tag}"
        for name, value in attrs:
            self._read_attribute(where, name, value or "")
        is_data = given.get("type") in {"application/json", "application/ld+json"}
        if tag == "style" or (tag == "script" and "src" not in given and not is_data):
            self.forbidden.append(f"{where}>")

    def _read_attribute(self, where, name, value):
        if name == "style" or name.startswith(("on", "hx-on")):
            self.forbidden.append(f"{where} {name}>")
        if name in SHOWN_ATTRIBUTES and is_text(value):
            self.untranslated.append(f"{where} {name}={value!r}>")

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, data):
        for name, value in ATTRIBUTE.findall(data):  # a macro that writes part of a tag
            self._read_attribute(f"line {self.getpos()[0]}: <…", name, value)
        data = ATTRIBUTE.sub("", data)
        if self._inside not in {"script", "style", "code", "kbd"} and is_text(data):
            self.untranslated.append(f"line {self.getpos()[0]}: {' '.join(data.split())!r}")


def read(text):
    reader = Reader()
    reader.feed(without_jinja(text))
    reader.close()
    return reader


def sentences_in_expressions(text):
    """Sentence-like constants handed to macros and filters outside gettext."""
    parsed = jinja2.Environment(extensions=EXTENSIONS, autoescape=True).parse(text)
    translated = {
        id(constant)
        for call in parsed.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in GETTEXT
        for constant in call.find_all(nodes.Const)
    }
    compared = {
        id(constant)
        for comparison in parsed.find_all(nodes.Compare)
        for constant in comparison.find_all(nodes.Const)
    }
    return [
        f"line {constant.lineno}: {constant.value!r}"
        for constant in parsed.find_all(nodes.Const)
        if isinstance(constant.value, str)
        and id(constant) not in translated | compared
        and constant.value not in NEED_NO_TRANSLATION
        and SENTENCE.fullmatch(constant.value)
    ]


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_a_page_holds_nothing_the_content_security_policy_forbids(path):
    assert read(path.read_text()).forbidden == []


@pytest.mark.parametrize(
    "path",
    # The style guide shows components filled with sample names and texts, to developers only.
    [path for path in TEMPLATES if path.stem != "styleguide"],
    ids=named,
)
def test_what_a_template_says_can_be_translated(path):
    text = path.read_text()
    assert read(text).untranslated + sentences_in_expressions(text) == []


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">',
        "<a onclick='go()'>",
        '<a hx-on:click="go()">',
        "<script>go()</script>",
        "<style>p {}</style>",
        """{% macro a() %} style="color: red"{% endmacro %}""",
    ],
)
def test_the_reader_finds_what_is_forbidden(text):
    assert len(read(text).forbidden) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<p>Save</p>",
        '<img alt="A house">',
        "{{ button('Save now') }}",
        "{{ button(label='Save') }}",
        "{% if a %}Yes{% endif %}",
    ],
)
def test_the_reader_finds_text_nobody_can_translate(text):
    assert len(read(text).untranslated + sentences_in_expressions(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "<p>{{ _('Save') }}</p>",
        "<p>{% trans n=3 %}{{ n }} tasks{% endtrans %}</p>",
        "{{ button(_('Save now'), kind='primary') }}",
        '<script type="application/json">{"a": "word"}</script>',
        "{# A remark. #}<b>{{ a }} – Tospann</b> · 12 %",
        '<{{ tag }} class="b" {{ more }}>',
    ],
)
def test_the_reader_accepts_what_is_fine(text):
    reader = read(text)
    assert reader.forbidden + reader.untranslated + sentences_in_expressions(text) == []
