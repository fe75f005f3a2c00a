"""The messages of the portal, collected from code and templates into .po files, compiled to .mo.

The first line of a command's docstring is a message too: it is the command's title on pages.
Two runs on the same code write the same bytes: no dates, no line numbers, sorted.
"""

import ast
import fcntl
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import TemplateSyntaxError

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
LOCALE = SOURCE / "tospann/locale"
LANGUAGES = ("nb", "en")
OPTIONS = {
    "**/templates/**": {
        "trimmed": "true",
        "silent": "false",
        "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols",
    }
}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "_n": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def extract_module(file: IO[bytes], *asked: Any, **options: Any) -> Iterator[tuple[Any, ...]]:
    """The messages of a Python module: what it marks, and the titles of its commands."""
    yield from extract_python(file, *asked, **options)
    file.seek(0)
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.FunctionDef) and any(map(_is_command, node.decorator_list)):
            title = (ast.get_docstring(node) or node.name).splitlines()[0]
            yield node.lineno, None, title, []


def _is_command(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else None
    return isinstance(called, ast.Name) and called.id == "command"


METHODS: list[tuple[str, Any]] = [("**/templates/**", "jinja2"), ("**.py", extract_module)]


# Of Django and allauth, shown on our pages and worded by us: our catalogue is read before theirs.
BORROWED: tuple[str | tuple[str, str], ...] = (
    "This field is required.",
    "Select a valid choice. That choice is not one of the available choices.",
    "Select a valid choice. %(value)s is not one of the available choices.",
    (
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    ),
    "The email address and/or password you specified are not correct.",
    "Please type your current password.",
    "Too many failed login attempts. Try again later.",
    "Invalid login.",
    "Invalid or expired key.",
    "The password reset token was invalid.",
)


class Unreadable(Exception):
    """A file messages cannot be collected from; the text says which and where."""


def extracted() -> Catalog:
    """Every message code and templates use now."""
    found = Catalog(charset="utf-8")
    for words in BORROWED:
        found.add(words)
    read: list[str] = []
    messages = extract_from_dir(
        SOURCE,
        METHODS,
        OPTIONS,
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        callback=lambda file, _method, _options: read.append(file),
    )
    try:
        for file, line, message, comments, context in messages:
            place = [(f"src/{file}", line)]
            found.add(message, None, place, auto_comments=comments, context=context)
    except SyntaxError as error:
        raise Unreadable(f"src/{read[-1]}: {error}") from error
    except TemplateSyntaxError as error:
        raise Unreadable(f"src/{read[-1]}:{error.lineno}: {error.message}") from error
    return found


def catalogue(language: str) -> Catalog:
    path = file_of(language)
    if not path.exists():
        return Catalog(language, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def file_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES/django.po"


def translations(message: Message) -> tuple[str, ...]:
    """What stands as the translation, one text for each plural form."""
    strings = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return tuple(string or "" for string in strings)


def update() -> None:
    LOCALE.mkdir(exist_ok=True)
    with Path(__file__).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        template = extracted()
        for language in LANGUAGES:
            known = catalogue(language)
            known.update(template, no_fuzzy_matching=True)
            write(known, language)
            untranslated = [m for m in known if m.id and not all(translations(m))]
            print(f"{language}: {len(known)} messages, {len(untranslated)} not translated")
    compile_all()


def write(known: Catalog, language: str) -> None:
    text = io.BytesIO()
    write_po(
        text,
        known,
        width=100,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    path = file_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER.format(language=language) + text.getvalue().decode())


def compile_all() -> None:
    for language in LANGUAGES:
        if file_of(language).exists():
            compiled = file_of(language).with_suffix(".mo")
            half_written = compiled.with_suffix(".new")
            with half_written.open("wb") as file:
                write_mo(file, catalogue(language))
            half_written.replace(compiled)


if __name__ == "__main__":
    try:
        {"update": update, "compile": compile_all}[sys.argv[1]]()
    except Unreadable as unreadable:
        sys.exit(str(unreadable))
