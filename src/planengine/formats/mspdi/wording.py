"""The words of an import's account."""

from __future__ import annotations

from planengine.phrases import Phrases

KEPT: Phrases = {
    "activity": ("Beholdt: {count} aktiviteter.", "Kept: {count} activities."),
    "summary": (
        "Beholdt: {count} av dem er sammendrag.",
        "Kept: {count} of them are summaries.",
    ),
    "milestone": (
        "Beholdt: {count} av dem er milepæler.",
        "Kept: {count} of them are milestones.",
    ),
    "link": ("Beholdt: {count} koblinger.", "Kept: {count} links."),
    "calendar": ("Beholdt: {count} kalendere.", "Kept: {count} calendars."),
    "exception": ("Beholdt: {count} kalenderunntak.", "Kept: {count} calendar exceptions."),
    "work_week": ("Beholdt: {count} egne arbeidsuker.", "Kept: {count} work weeks."),
    "resource": ("Beholdt: {count} ressurser.", "Kept: {count} resources."),
    "assignment": ("Beholdt: {count} tildelinger.", "Kept: {count} assignments."),
    "baseline": (
        "Beholdt: {count} verdier i referanseplaner.",
        "Kept: {count} baseline values.",
    ),
    "progress": (
        "Beholdt: fremdrift på {count} aktiviteter.",
        "Kept: progress of {count} activities.",
    ),
    "constraint": ("Beholdt: {count} datobetingelser.", "Kept: {count} date constraints."),
    "deadline": ("Beholdt: {count} frister.", "Kept: {count} deadlines."),
    "gap": (
        "Beholdt: {count} avbrudd i delte aktiviteter.",
        "Kept: {count} pauses in split activities.",
    ),
    "notes": ("Beholdt: {count} notater.", "Kept: {count} notes."),
}

LOST: Phrases = {
    "custom_field": (
        "Ikke beholdt: {count} verdier i egne felt ({names}).",
        "Not kept: {count} values of custom fields ({names}).",
    ),
    "outline_code": (
        "Ikke beholdt: {count} disposisjonskoder ({names}).",
        "Not kept: {count} outline codes ({names}).",
    ),
    "hyperlink": (
        "Ikke beholdt: {count} lenker ({names}).",
        "Not kept: {count} hyperlinks ({names}).",
    ),
    "link": (
        "Ikke beholdt: {count} koblinger ({names}).",
        "Not kept: {count} links ({names}).",
    ),
    "external_task": (
        "Ikke beholdt: {count} aktiviteter fra andre prosjekter ({names}).",
        "Not kept: {count} activities of other projects ({names}).",
    ),
    "subproject": (
        "Ikke beholdt: innholdet i {count} delprosjekter ({names}).",
        "Not kept: the content of {count} subprojects ({names}).",
    ),
    "recurring": (
        "Ikke beholdt: {count} gjentakelsesregler; forekomstene er beholdt ({names}).",
        "Not kept: {count} recurrence rules; the occurrences are kept ({names}).",
    ),
    "blank_row": (
        "Ikke beholdt: {count} tomme rader ({names}).",
        "Not kept: {count} blank rows ({names}).",
    ),
    "timephased": (
        "Ikke beholdt: {count} fordelinger av arbeid dag for dag ({names}).",
        "Not kept: {count} day-by-day distributions of work ({names}).",
    ),
    "baseline": (
        "Ikke beholdt: {count} referanseverdier utenfor aktivitetene ({names}).",
        "Not kept: {count} baseline values outside the activities ({names}).",
    ),
    "rate": (
        "Ikke beholdt: {count} satser utenom ressursens gjeldende ({names}).",
        "Not kept: {count} rates beside the resource's current ones ({names}).",
    ),
    "availability": (
        "Ikke beholdt: {count} perioder med egen tilgjengelighet ({names}).",
        "Not kept: {count} periods of other availability ({names}).",
    ),
    "assignment": (
        "Ikke beholdt: {count} tildelinger ({names}).",
        "Not kept: {count} assignments ({names}).",
    ),
    "calendar": (
        "Ikke beholdt: {count} ubrukte kalendere uten arbeidstid ({names}).",
        "Not kept: {count} unused calendars without working time ({names}).",
    ),
    "exception": (
        "Ikke beholdt: {count} kalenderunntak ({names}).",
        "Not kept: {count} calendar exceptions ({names}).",
    ),
    "definition": (
        "Ikke beholdt: {count} oppsett av felt, koder og visninger ({names}).",
        "Not kept: {count} set-ups of fields, codes and views ({names}).",
    ),
    "setting": (
        "Ikke beholdt: {count} innstillinger i Microsoft Project ({names}).",
        "Not kept: {count} settings of Microsoft Project ({names}).",
    ),
    "field": (
        "Ikke beholdt: {count} andre verdier ({names}).",
        "Not kept: {count} other values ({names}).",
    ),
    "computed": (
        "Regnes ut på nytt: {count} verdier som slakk, avvik og opptjent verdi ({names}).",
        "Worked out anew: {count} values such as slack, variance and earned value ({names}).",
    ),
}

MENDED: Phrases = {
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
