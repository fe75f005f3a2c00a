"""Both languages are complete: a missing, fuzzy or left-over message fails the build."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FIX = "run `./dev messages`, then translate what is empty in src/tospann/locale"


@pytest.fixture(scope="module")
def messages():
    spec = importlib.util.spec_from_file_location("messages", ROOT / ".devtools/messages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def used(messages):
    return {key(message) for message in messages.extracted() if message.id}


def key(message):
    return message.id, message.context


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_catalogue_holds_the_messages_the_code_uses(messages, used, language):
    kept = {key(message) for message in messages.catalogue(language) if message.id}
    assert sorted(map(str, used - kept)) == [], FIX
    assert sorted(map(str, kept - used)) == [], FIX
    assert list(messages.catalogue(language).obsolete) == [], FIX


def test_every_message_is_translated_into_bokmal(messages):
    catalogue = messages.catalogue("nb")
    untranslated = [m.id for m in catalogue if m.id and not all(messages.translations(m))]
    assert untranslated == [], FIX


def test_the_english_catalogue_says_nothing_in_bokmal(messages):
    """English is what the code says; what the catalogue adds to that is English, too."""
    bokmal = {key(message): messages.translations(message) for message in messages.catalogue("nb")}
    english = {key(message): messages.translations(message) for message in messages.catalogue("en")}
    same = [one for one, said in english.items() if one[0] and any(said) and said == bokmal[one]]
    assert same == [], FIX


def test_the_titles_of_commands_are_messages(used):
    from tospann.foundation.commands import COMMANDS

    titles = {name: command.msgid for name, command in COMMANDS.items() if _is_ours(command)}
    assert len(titles) > 50
    assert [name for name, title in titles.items() if (title, None) not in used] == []


def _is_ours(command):
    """Other tests declare commands of their own to try the decorator on."""
    return command.__module__.startswith("tospann.")


@pytest.mark.parametrize("language", ["nb", "en"])
def test_no_translation_is_a_guess_or_loses_a_placeholder(messages, language):
    catalogue = messages.catalogue(language)
    assert [m.id for m in catalogue if m.id and m.fuzzy] == []
    wrong = [
        f"{message.id}: {error}"
        for message in catalogue
        if message.id and all(messages.translations(message))
        for error in message.check(catalogue)
    ]
    assert wrong == []


def test_templates_are_read_as_they_are_extracted(messages):
    """Whether line breaks in {% trans %} count must agree, or its messages are never found."""
    from django.template import engines

    trimmed = messages.OPTIONS["**/templates/**"]["trimmed"] == "true"
    assert engines["jinja2"].env.policies["ext.i18n.trimmed"] is trimmed
