"""The words of an account."""

from __future__ import annotations

from planengine.phrases import Phrases

KEPT: Phrases = {
    "activity": ("Aktiviteter: {count}.", "Activities: {count}."),
    "summary": ("Sammendrag blant dem: {count}.", "Summaries among them: {count}."),
    "milestone": ("Milepæler blant dem: {count}.", "Milestones among them: {count}."),
    "link": ("Koblinger: {count}.", "Links: {count}."),
    "calendar": ("Kalendere: {count}.", "Calendars: {count}."),
    "exception": ("Kalenderunntak: {count}.", "Calendar exceptions: {count}."),
    "work_week": ("Egne arbeidsuker: {count}.", "Work weeks: {count}."),
    "resource": ("Ressurser: {count}.", "Resources: {count}."),
    "assignment": ("Tildelinger: {count}.", "Assignments: {count}."),
    "baseline": ("Verdier i referanseplaner: {count}.", "Baseline values: {count}."),
    "progress": ("Aktiviteter med fremdrift: {count}.", "Activities with progress: {count}."),
    "constraint": ("Datobetingelser: {count}.", "Date constraints: {count}."),
    "deadline": ("Frister: {count}.", "Deadlines: {count}."),
    "gap": ("Avbrudd i delte aktiviteter: {count}.", "Pauses in split activities: {count}."),
    "notes": ("Notater: {count}.", "Notes: {count}."),
}
"""Counts stand after their noun, so that one and many read alike; the heading says *kept*."""

LOST: Phrases = {
    "custom_field": (
        "Verdier i egne felt: {count} ({names}).",
        "Values of custom fields: {count} ({names}).",
    ),
    "outline_code": (
        "Disposisjonskoder: {count} ({names}).",
        "Outline codes: {count} ({names}).",
    ),
    "hyperlink": (
        "Lenker: {count} ({names}).",
        "Hyperlinks: {count} ({names}).",
    ),
    "link": (
        "Koblinger: {count} ({names}).",
        "Links: {count} ({names}).",
    ),
    "external_task": (
        "Aktiviteter fra andre prosjekter: {count} ({names}).",
        "Activities of other projects: {count} ({names}).",
    ),
    "subproject": (
        "Delprosjekter, uten innholdet: {count} ({names}).",
        "Subprojects, without their content: {count} ({names}).",
    ),
    "recurring": (
        "Gjentakelsesregler: {count} ({names}); forekomstene er beholdt.",
        "Recurrence rules: {count} ({names}); the occurrences are kept.",
    ),
    "blank_row": (
        "Tomme rader: {count} ({names}).",
        "Blank rows: {count} ({names}).",
    ),
    "timephased": (
        "Fordelinger av arbeid dag for dag: {count} ({names}).",
        "Day-by-day distributions of work: {count} ({names}).",
    ),
    "baseline": (
        "Referanseverdier utenfor aktivitetene: {count} ({names}).",
        "Baseline values outside the activities: {count} ({names}).",
    ),
    "rate": (
        "Satser utenom ressursens gjeldende: {count} ({names}).",
        "Rates beside the resource's current ones: {count} ({names}).",
    ),
    "availability": (
        "Perioder med egen tilgjengelighet: {count} ({names}).",
        "Periods of other availability: {count} ({names}).",
    ),
    "assignment": (
        "Tildelinger: {count} ({names}).",
        "Assignments: {count} ({names}).",
    ),
    "calendar": (
        "Ubrukte kalendere uten arbeidstid: {count} ({names}).",
        "Unused calendars without working time: {count} ({names}).",
    ),
    "exception": (
        "Kalenderunntak: {count} ({names}).",
        "Calendar exceptions: {count} ({names}).",
    ),
    "definition": (
        "Oppsett av felt, koder og visninger: {count} ({names}).",
        "Set-ups of fields, codes and views: {count} ({names}).",
    ),
    "setting": (
        "Innstillinger i Microsoft Project: {count} ({names}).",
        "Settings of Microsoft Project: {count} ({names}).",
    ),
    "field": (
        "Andre verdier: {count} ({names}).",
        "Other values: {count} ({names}).",
    ),
    "estimate": ("Trippelanslag: {count}.", "Three-point estimates: {count}."),
    "person": (
        "Koblinger til personer utenfor planen: {count} ({names}).",
        "Connections to people outside the plan: {count} ({names}).",
    ),
    "property": (
        "Frie opplysninger om planen: {count} ({names}).",
        "Free texts about the plan: {count} ({names}).",
    ),
    "profile": (
        "Valget av regler for terminberegning: {names}.",
        "The choice of scheduling rules: {names}.",
    ),
    "rate_unit": (
        "Satser som er regnet om til timesatser: {count} ({names}).",
        "Rates worked out as hourly ones: {count} ({names}).",
    ),
    "rounded": (
        "Verdier som er avrundet: {count} ({names}).",
        "Values that were rounded: {count} ({names}).",
    ),
    "text": (
        "Tekster som er kortet inn eller renset for tegn: {count} ({names}).",
        "Texts that were cut or cleaned of characters: {count} ({names}).",
    ),
    "earned_method": (
        "Metoder for opptjent verdi: {count} ({names}).",
        "Earned value methods: {count} ({names}).",
    ),
    "contour": (
        "Fordelingsformer for arbeid: {count} ({names}).",
        "Shapes of work: {count} ({names}).",
    ),
    "gap": (
        "Avbrudd utenom arbeidstid, eller uten datoer: {count}.",
        "Pauses outside working time, or without dates: {count}.",
    ),
    "empty_wbs": (
        "Tomme deler av prosjektnedbrytningen: {count}.",
        "Empty parts of the work breakdown: {count}.",
    ),
    "activity_kind": (
        "Særlige aktivitetstyper, lest som vanlige aktiviteter: {count} ({names}).",
        "Special kinds of activities, read as ordinary ones: {count} ({names}).",
    ),
    "expected_finish": ("Forventede sluttdatoer: {count}.", "Expected finishes: {count}."),
    "second_constraint": (
        "Ekstra datobetingelser: {count} ({names}).",
        "Second date constraints: {count} ({names}).",
    ),
    "must_finish": (
        "Datoen prosjektet må være ferdig ({names}).",
        "The date the project must finish by ({names}).",
    ),
    "role": ("Roller uten ressurs: {count}.", "Roles without a resource: {count}."),
    "project": (
        "Andre prosjekter i fila: {count} ({names}).",
        "Other projects of the file: {count} ({names}).",
    ),
    "table": (
        "Rader i andre tabeller: {count} ({names}).",
        "Rows of other tables: {count} ({names}).",
    ),
    "computed": (
        "Regnes ut på nytt, som slakk, avvik og opptjent verdi: {count} ({names}).",
        "Worked out anew, such as slack, variance and earned value: {count} ({names}).",
    ),
}

MENDED: Phrases = {
    "calendar.flat": (
        "kalenderen er skrevet uten grunnkalenderen {detail}, med det den arver lagt inn.",
        "the calendar is written without its base {detail}, with what it inherits put in.",
    ),
    "calendar.overlap": (
        "kalenderunntak som dekker samme dag, er skrevet hver for seg.",
        "exceptions that cover the same day are written apart.",
    ),
    "link.pair": (
        "det er flere koblinger fra {detail}; Microsoft Project beholder bare én av dem.",
        "there are several links from {detail}; Microsoft Project keeps only one of them.",
    ),
    "outline.jump": (
        "nivå {detail} hopper over et nivå; raden er lagt under den forrige.",
        "level {detail} skips a level; the row was put under the one before.",
    ),
    "calendar.unknown": (
        "kalender {detail} finnes ikke; prosjektets kalender brukes.",
        "calendar {detail} does not exist; the project's calendar is used.",
    ),
    "calendar.week": (
        "kalenderen har ingen ukedager; vanlig kontortid brukes.",
        "the calendar has no week days; ordinary office hours are used.",
    ),
    "calendar.hours": (
        "arbeidstider som overlapper, er slått sammen.",
        "overlapping working hours were merged.",
    ),
    "calendar.exception_twice": (
        "to unntak for samme dager; det første gjelder.",
        "two exceptions for the same days; the first counts.",
    ),
    "calendar.exceptions": (
        "mer enn {detail} unntaksdager; resten er utelatt.",
        "more than {detail} exceptions; the rest is left out.",
    ),
    "calendar.range": (
        "perioden slutter før den begynner og er utelatt.",
        "the period ends before it begins and is left out.",
    ),
    "link.unknown": (
        "koblingen fra {detail} er utelatt, for den aktiviteten er ikke med.",
        "the link from {detail} is left out, because that activity is not there.",
    ),
    "link.duplicate": (
        "koblingen fra {detail} fantes flere ganger.",
        "the link from {detail} was there more than once.",
    ),
    "link.ancestor": (
        "koblingen fra {detail} er utelatt, for den ene ligger under den andre.",
        "the link from {detail} is left out, because one lies under the other.",
    ),
    "finish.before_start": (
        "slutt var før start og er satt lik start.",
        "the finish was before the start and was set to it.",
    ),
    "constraint.second": (
        "den andre betingelsen, slutt senest, er lest som frist.",
        "the second constraint, finish on or before, was read as a deadline.",
    ),
    "constraint.soft": (
        "betingelsen på en dato er lest som en fast betingelse.",
        "the constraint on a date was read as a mandatory one.",
    ),
    "constraint.date": (
        "betingelsen manglet dato og er fjernet.",
        "the constraint had no date and was removed.",
    ),
    "assignment.unknown": (
        "tildelingen er utelatt, for {detail} er ikke med.",
        "the assignment is left out, because {detail} is not there.",
    ),
    "uid.duplicate": (
        "UID {detail} fantes flere ganger; denne har fått et nytt.",
        "UID {detail} was there more than once; this one was given another.",
    ),
    "project.start": (
        "startdato manglet; den tidligste datoen i planen brukes.",
        "there was no start date; the earliest date of the plan is used.",
    ),
    "gap.dates": (
        "fordelingen av arbeid er uleselig; avbrudd er ikke tatt med.",
        "the distribution of work makes no sense; pauses are left out.",
    ),
}
