"""The organisation's own Word files: what they may ask for, and everything they may not."""

import zipfile
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document as WordFile
from tests import making
from tests.blanks import filling
from tests.blanks.filling import full_form, of, start

from tospann.blanks import definition, queries, word, wording
from tospann.blanks.models import WordTemplate
from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.errors import Invalid
from tospann.people import commands as people

pytestmark = pytest.mark.django_db
PAYLOADS = (
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ config }}{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ joiner.__init__.__globals__ }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ request|attr('application') }}",
    "{{ ''|attr('__class__') }}",
    "{{ ()|attr('__class__')|attr('__base__') }}",
    "{{ document.title.format_map(document) }}",
    "{{ '{0.__class__}'.format(document) }}",
    "{{ '%c' % 10 }}",
    "{{ document['__class__'] }}",
    "{{ document['_x'] }}",
    "{{ document[document.title] }}",
    "{{ project.delete() }}",
    "{{ project.items() }}",
    "{{ range(1000000000)|list }}",
    "{% for x in range(10000000) %}x{% endfor %}",
    "{{ 'a' * 1000000000 }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ 1 / 0 }}",
    "{{ [1, 2, 3] }}",
    "{{ {'a': 1} }}",
    "{% set x = 1 %}{{ x }}",
    "{% import 'os' as os %}",
    "{% include '/etc/passwd' %}",
    "{% extends '/etc/passwd' %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% call m() %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}",
    "{% with a=1 %}{{ a }}{% endwith %}",
    "{% do document.clear() %}",
    "{% raw %}{{ x }}{% endraw %}{{ x() }}",
    "{{ document|map(attribute='__class__')|list }}",
    "{{ sections|groupby('__class__') }}",
    "{{ document|tojson }}",
    "{{ document|pprint }}",
    "{{ document is mapping }}",
    "{{ document.title|safe }}",
    "{{ document.title ~ project.name }}",
    "{{ document.title[0:2] }}",
    "{% for a in sections recursive %}{{ loop(a) }}{% endfor %}",
    "{{ not_closed",
    "{% for a in b %}",
)


def file_saying(text, header="", title=""):
    made = WordFile()
    made.add_paragraph(text)
    if header:
        made.sections[0].header.paragraphs[0].text = header
    if title:
        made.core_properties.title = title
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


@pytest.fixture
def made():
    return filling.project()


@pytest.fixture
def form(made):
    return definition.form(queries.blank(made.project, "end_report"), "nb")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_whatever_is_more_than_names_loops_and_choices_is_refused_unread(form, payload):
    with pytest.raises(Invalid) as refused:
        wording.checked(file_saying(payload), form)
    assert refused.value.field == "file"
    with pytest.raises(Invalid):
        wording._child("fill", {"document": {"title": "x"}}, file_saying(payload))


@pytest.mark.parametrize("where", ["header", "title"])
def test_it_is_looked_for_in_every_part_of_the_file(form, where):
    with pytest.raises(Invalid):
        wording.checked(file_saying("{{ summary }}", **{where: PAYLOADS[0]}), form)


def test_names_the_template_does_not_have_are_told(form):
    text = "{{ summary }} {{ document.title }} {% for r in products %}{{ r.status }}{% endfor %}"
    found = wording.checked(file_saying(text + "{{ prosjektnavn }}"), form)
    assert found.unknown == ("prosjektnavn",)
    assert set(found.known) == {"summary", "document", "products"}


def archive(**entries):
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return kept.getvalue()


BROKEN = {
    "nothing": b"",
    "text": b"Dear all,",
    "another archive": archive(readme_dot_txt="x"),
    "hollow": archive(word__document_dot_xml="", **{"[Content_Types]_dot_xml": ""}),
    "bomb": archive(word__document_dot_xml=b"0" * 30_000_000, **{"[Content_Types]_dot_xml": "x"}),
    "macros": archive(
        word__document_dot_xml="x", word__vbaProject_dot_bin="x", **{"[Content_Types]_dot_xml": "x"}
    ),
    "cut off": file_saying("x")[:2000],
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_word_file_is_refused_in_words(form, name):
    with pytest.raises(Invalid) as refused:
        wording.checked(BROKEN[name], form)
    assert refused.value.message


@pytest.fixture
def keeper(client):
    somebody = making.person("Liv Solberg")
    people.give_organisation_role(SYSTEM, somebody, role=Role.PORTFOLIO_LEADER)
    client.force_login(somebody, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_file_to_start_from_comes_back_filled_in(keeper, made, client):
    begun = keeper.get(reverse("word_start", args=["end_report"])).content
    sent = BytesIO(begun)
    sent.name = "Vår sluttrapport.docx"
    answer = keeper.post(reverse("set_word_template", args=["end_report"]), {"file": sent})
    assert answer.status_code == 302
    own = WordTemplate.objects.get()
    assert own.unknown == []
    client.force_login(
        made.people[Role.COORDINATOR], "allauth.account.auth_backends.AuthenticationBackend"
    )
    filled = start(client, made, "end_report")
    client.post(
        of("save_filled", filled),
        full_form(filled).urlencode(),
        content_type="application/x-www-form-urlencoded",
    )
    out = WordFile(BytesIO(client.get(of("filled_docx", filled)).content))
    said = "\n".join(one.text for one in out.paragraphs)
    assert "{{" not in said
    assert "Første avsnitt." in said
    cells = [cell.text for table in out.tables for row in table.rows for cell in row.cells]
    assert "Ærlig <tekst> & mer" in cells
    assert not any("{" in cell for cell in cells)


def test_only_those_who_keep_templates_find_the_page(client, made):
    client.force_login(
        made.people[Role.MANAGER], "allauth.account.auth_backends.AuthenticationBackend"
    )
    assert client.get(reverse("word_templates")).status_code == 404
    assert word.MEDIA_TYPE.endswith("document")
