#!/usr/bin/env python3
"""Search over 10,000 documents of Norwegian text: making the index, and what people ask of it.

bench/search.py [--documents N] [--times N] [--postgres]
limits: index 10 s, search p95 50 ms, of which a part is misspelt (trigrams)
"""

import argparse
import contextlib
import hashlib
import random
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import _portal as portal

_ROOTS = """
prosjekt sykehus bygg møte plan risiko kontrakt leverandør beslutning styring økonomi budsjett
rapport milepæl framdrift kvalitet sikkerhet helse miljø avtale entreprise tilbud anbud faktura
endring avvik tiltak ansvar gjennomføring forprosjekt skole vei bru tunnel kommune fylke teknikk
anlegg vann avløp energi varme ventilasjon elektro brann lyd fasade tak vegg gulv dør vindu
betong stål tre tegning modell beregning grunn undersøkelse rigg kran stillas mannskap time lønn
kost ramme reserve gevinst mål nytte bruker opplæring drift forvaltning overlevering garanti
reklamasjon protokoll referat innkalling sak vedlegg arkiv journal personvern database system
grensesnitt integrasjon test godkjenning
"""
ROOTS = _ROOTS.split()
ENDS = ["", "et", "en", "er", "ene", "s", "ets", "ens"]
_SMALL = "og i på av til for er som det den med om fra ved har ble skal kan"
SMALL = _SMALL.split()
ASKED = [
    *("prosjektet", "møtene", "sykehus", "kontrakt leverandør", "milepæler", "risiko tiltak"),
    *("byggene", "økonomi budsjett reserve", "personvern", "prosjektleder møte", "anbud"),
    *("beslutningene om ventilasjon", "plan", "endringer i kontrakten", "garanti reklamasjon"),
    *("ord4711", "1234", "rappo", "styringsmøte", "avvik sikkerhet betong"),
]
MISSPELT = ["leverandrør", "kontrakkt", "ventilasjonn", "økonmi", "personværn"]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    with portal.folder() as data, contextlib.ExitStack() as stack:
        data.mkdir(parents=True)
        portal.use(data, stack.enter_context(portal.postgres()) if asked.postgres else "")
        return _measure(asked.documents, asked.times, "postgresql" if asked.postgres else "sqlite")


def _measure(documents: int, times: int, database: str) -> int:
    from tospann.people.actors import actor_for
    from tospann.people.models import Person
    from tospann.search import indexing, queries

    texts = _fill(documents)
    started, cpu = time.perf_counter(), time.process_time()
    indexing.keep_all("documents.document")
    index, index_cpu = time.perf_counter() - started, time.process_time() - cpu
    member = actor_for(Person.objects.get(email="medlem@example.org"))
    guest = actor_for(Person.objects.get(email="gjest@example.org"))
    spent: dict[str, list[float]] = {"words": [], "misspelt": []}
    found, cpus = 0, []
    for group, listed in (("words", ASKED), ("misspelt", MISSPELT)):
        for text in listed * times:
            began, cpu = time.perf_counter(), time.process_time()
            found += bool(queries.found(member, text, 50))
            spent[group].append((time.perf_counter() - began) * 1000)
            cpus.append((time.process_time() - cpu) * 1000)
    if any(queries.found(guest, text) for text in ASKED):
        raise SystemExit("a guest found something")
    everything = spent["words"] + spent["misspelt"]
    return portal.result(
        "search",
        {
            "index_s": (index, 10.0),
            "search_p95_ms": (portal.quantile(everything, 0.95), 50.0),
        },
        words_p50_ms=round(portal.median(spent["words"]), 1),
        words_p95_ms=round(portal.quantile(spent["words"], 0.95), 1),
        misspelt_p95_ms=round(portal.quantile(spent["misspelt"], 0.95), 1),
        index_cpu_s=round(index_cpu, 1),
        search_cpu_p95_ms=round(portal.quantile(cpus, 0.95), 1),
        answered=f"{found} of {len(everything)}",
        documents=documents,
        megabytes=round(texts / 1e6, 1),
        words=indexing.Word.objects.count(),
        database=database,
    )


def _text(chance: random.Random, words: int = 620) -> str:
    """Some 4 kB: inflected words, compounds, small words, and some that are in few texts."""
    said = []
    for _word in range(words):
        draw = chance.random()
        if draw < 0.4:
            said.append(chance.choice(SMALL))
        elif draw < 0.75:
            said.append(chance.choice(ROOTS) + chance.choice(ENDS))
        elif draw < 0.95:
            said.append(chance.choice(ROOTS) + "s" * chance.randrange(2) + chance.choice(ROOTS))
        else:
            said.append(f"ord{chance.randrange(20_000)}")
    return " ".join(said)


def _fill(documents: int) -> int:
    from django.utils import timezone

    from tospann.documents.contents.examining import FORM
    from tospann.documents.models import Content, Document
    from tospann.foundation.authority import SYSTEM, Role
    from tospann.foundation.ids import new_id
    from tospann.foundation.records import save_all
    from tospann.foundation.transactions import run
    from tospann.people import commands as people
    from tospann.people.administration import found_organisation
    from tospann.projects import commands as projects

    organisation, today = found_organisation("Bench"), timezone.localdate()
    project = projects.found_project(
        SYSTEM,
        organisation,
        id=new_id(),
        key="FUN",
        name="Funn",
        start=today,
        finish=today,
    )
    for email, role in (("medlem@example.org", Role.MEMBER), ("gjest@example.org", Role.GUEST)):
        one = people.invite_person(SYSTEM, organisation, id=new_id(), name=email, email=email)
        projects.appoint(SYSTEM, project, person=one.pk, role=role)
    chance, total = random.Random(7), 0
    for start in range(0, documents, 1000):
        made, contents = [], []
        for number in range(start, min(start + 1000, documents)):
            text = _text(chance)
            total += len(text.encode())
            sha256 = hashlib.sha256(text.encode()).hexdigest()
            name = f"{chance.choice(ROOTS).title()} {chance.choice(ROOTS)} {number}.docx"
            contents.append(Content(sha256=sha256, form=FORM, kind="docx", text=text))
            made.append(_document(Document, project, number, name, sha256))
        Content.objects.bulk_create(contents, ignore_conflicts=True)
        run(SYSTEM, "bench.fill", project, None, lambda _a, _s, made=made: save_all(made))
    return total


def _document(model: Any, project: Any, number: int, name: str, sha256: str) -> Any:
    from django.utils import timezone

    one = model(
        project=project,
        number=number + 1000,
        name=name,
        sha256=sha256,
        size=4000,
        media_type="application/octet-stream",
        changed_at=timezone.now(),
    )
    one.set_key()
    return one


if __name__ == "__main__":
    raise SystemExit(main())
