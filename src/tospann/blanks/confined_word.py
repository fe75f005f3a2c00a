"""The inside of the child process that reads and fills in somebody's own Word file.

Only what a letter needs is allowed in it: names, loops over rows, choices. A template that asks
for anything else (calls, arithmetic, attributes that begin with an underscore) is refused before
any of it runs, and what it is filled with is plain data.
"""

import base64
import json
import struct
import zipfile
from io import BytesIO
from typing import IO, Any

from tospann.jobs.confinement import Refusal

MOST_ENTRIES = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 200
MOST_MADE = 40 * 1024 * 1024
FILTERS = {"default", "d", "upper", "lower", "title", "capitalize", "join", "length", "first",
           "last", "trim"}  # fmt: skip
TESTS = {"defined", "undefined", "none"}
_ALLOWED = {
    *("Template", "Output", "TemplateData", "Name", "Getattr", "Getitem", "Const", "Filter"),
    *("Test", "For", "If", "CondExpr", "Compare", "Operand", "And", "Or", "Not"),
}
_BROKEN = (
    *(zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError),
    *(RuntimeError, SyntaxError, TypeError, AttributeError),
)
"""What a broken package makes its readers say: how it is packed, and what is in it."""
LOOP = {"index", "index0", "first", "last", "length"}


def packed(told: dict[str, Any], file: bytes) -> bytes:
    """What goes to the child: words first, then the Word file."""
    words = json.dumps(told).encode()
    return struct.pack(">Q", len(words)) + words + file


def read(file: IO[bytes]) -> dict[str, Any]:
    """What names the template uses: ``{"names": […]}``."""
    _told, template = _opened(file)
    names: set[str] = set()
    template.init_docx()
    env = _environment(names)
    for source in _sources(template):
        env.from_string(source)
    return {"names": sorted(names)}


def fill(file: IO[bytes]) -> dict[str, str]:
    """The template with the data in it: ``{"docx": base85}``."""
    from jinja2 import TemplateError

    told, template = _opened(file)
    try:
        template.render(told, _environment(set()), autoescape=True)
    except TemplateError as error:
        raise Refusal({"because": "template", "detail": str(error)[:300]}) from None
    made = BytesIO()
    template.save(made)
    if made.tell() > MOST_MADE:
        raise Refusal({"because": "large"})
    return {"docx": base64.b85encode(made.getvalue()).decode()}


def _opened(file: IO[bytes]) -> tuple[dict[str, Any], Any]:
    (length,) = struct.unpack(">Q", file.read(8))
    told = json.loads(file.read(length))
    kept = BytesIO(file.read())
    _refuse_unfit(kept)
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate

    try:
        template = DocxTemplate(kept)
        template.init_docx()
    except (PackageNotFoundError, *_BROKEN) as error:
        raise Refusal({"because": "unreadable", "detail": str(error)[:300]}) from None
    return told, template


def _refuse_unfit(kept: BytesIO) -> None:
    """Looks at the directory of the archive alone: nothing has been unpacked yet."""
    try:
        with zipfile.ZipFile(kept) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):
        raise Refusal({"because": "unreadable"}) from None
    names = {one.filename for one in entries}
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        raise Refusal({"because": "unreadable"})
    if any("vbaproject" in name.lower() for name in names):
        raise Refusal({"because": "macros"})
    unpacked = sum(one.file_size for one in entries)
    ratio = max((one.file_size / max(one.compress_size, 1) for one in entries), default=0)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or ratio > MOST_RATIO:
        raise Refusal({"because": "large"})
    kept.seek(0)


def _sources(template: Any) -> list[str]:
    """Everything in the file that is read as a template."""
    found = [template.patch_xml(template.get_xml())]
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _key, part in template.get_headers_footers(uri):
            found.append(template.patch_xml(part.blob.decode("utf-8")))
    found += [
        template.patch_xml(part.blob.decode("utf-8"))
        for part in template.docx.part.package.parts
        if part.content_type.endswith("wordprocessingml.footnotes+xml")
    ]
    about = template.docx.core_properties
    spoken = ("author", "comments", "identifier", "language", "subject", "title")
    return [*found, *(str(getattr(about, name) or "") for name in spoken)]


def _environment(names: set[str]) -> Any:
    """Jinja's sandbox without anything to call; every template it reads is looked through."""
    from jinja2 import TemplateSyntaxError, Undefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Careful(ImmutableSandboxedEnvironment):
        def _parse(self, source: str, name: str | None, filename: str | None) -> Any:
            try:
                tree = super()._parse(source, name, filename)
            except TemplateSyntaxError as error:
                raise Refusal({"because": "template", "detail": str(error)[:300]}) from None
            _look_through(tree, names)
            return tree

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            return False

        def call(*_args: Any, **_kwargs: Any) -> Any:
            raise Refusal({"because": "template", "detail": "call"})

    env = Careful(undefined=Undefined, autoescape=True)
    env.globals.clear()
    env.filters = {name: env.filters[name] for name in FILTERS}
    env.tests = {name: env.tests[name] for name in TESTS}
    return env


def _look_through(tree: Any, names: set[str]) -> None:
    """Refuses whatever is more than names, loops and choices; collects the names."""
    from jinja2 import meta, nodes

    for node in tree.find_all(nodes.Node):
        kind = type(node).__name__
        wrong = (
            kind not in _ALLOWED
            or (kind == "Getattr" and not _is_plain(node.attr))
            or (kind == "Getitem" and not _is_plain_key(node.arg))
            or (kind == "Name" and not _is_plain(node.name))
            or (kind == "Filter" and node.name not in FILTERS)
            or (kind == "Test" and node.name not in TESTS)
            or (kind == "For" and (node.recursive or node.else_))
        )
        if wrong:
            told = getattr(node, "name", None) or getattr(node, "attr", None) or kind
            detail = f"{told} (line {node.lineno})"
            raise Refusal({"because": "template", "detail": detail[:300]})
    names |= meta.find_undeclared_variables(tree)


def _is_plain(name: str) -> bool:
    return not name.startswith("_") and "__" not in name and name.isidentifier()


def _is_plain_key(arg: Any) -> bool:
    value = getattr(arg, "value", None)
    return isinstance(value, int) or (isinstance(value, str) and _is_plain(value))
