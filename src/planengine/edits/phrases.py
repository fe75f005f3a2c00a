"""The sentences of `describe`: one for each kind of edit, and the words they need."""

from __future__ import annotations

from planengine.phrases import Phrases

SENTENCES: Phrases = {
    "activity.add": ("Legg til {name} under {new}.", "Add {name} under {new}."),
    "activity.remove": (
        "Fjern {name} med alt som ligger under.",
        "Remove {name} and everything under it.",
    ),
    "activity.move": (
        "Flytt {name} til {new}, plass {number}.",
        "Move {name} to {new}, position {number}.",
    ),
    "activity.rename": ("Gi {name} navnet {new}.", "Rename {name} to {new}."),
    "activity.notes": ("Endre notatet på {name}.", "Change the notes of {name}."),
    "activity.code": (
        "Sett koden på {name} til {new} (var {old}).",
        "Set the code of {name} to {new} (was {old}).",
    ),
    "activity.dates": (
        "Sett start og slutt på {name} til {new} (var {old}).",
        "Set start and finish of {name} to {new} (was {old}).",
    ),
    "activity.duration": (
        "Sett varigheten på {name} til {new} (var {old}).",
        "Set the duration of {name} to {new} (was {old}).",
    ),
    "activity.estimate": (
        "Sett trippelanslaget på {name} til {new} (var {old}).",
        "Set the three-point estimate of {name} to {new} (was {old}).",
    ),
    "activity.milestone": (
        "Sett om {name} er milepæl: {new} (var {old}).",
        "Set whether {name} is a milestone: {new} (was {old}).",
    ),
    "activity.mode": (
        "Sett planleggingen av {name} til {new} (var {old}).",
        "Set the scheduling of {name} to {new} (was {old}).",
    ),
    "activity.constraint": (
        "Sett betingelsen på {name} til {new} (var {old}).",
        "Set the constraint of {name} to {new} (was {old}).",
    ),
    "activity.deadline": (
        "Sett fristen for {name} til {new} (var {old}).",
        "Set the deadline of {name} to {new} (was {old}).",
    ),
    "activity.calendar": (
        "Sett kalenderen for {name} til {new} (var {old}).",
        "Set the calendar of {name} to {new} (was {old}).",
    ),
    "activity.responsible": (
        "Sett ansvarlig for {name} til {new} (var {old}).",
        "Set the person responsible for {name} to {new} (was {old}).",
    ),
    "activity.priority": (
        "Sett prioriteten på {name} til {new} (var {old}).",
        "Set the priority of {name} to {new} (was {old}).",
    ),
    "activity.cost": (
        "Sett den faste kostnaden for {name} til {new} (var {old}).",
        "Set the fixed cost of {name} to {new} (was {old}).",
    ),
    "activity.work": (
        "Sett arbeidet på {name} til {new} (var {old}).",
        "Set the work of {name} to {new} (was {old}).",
    ),
    "activity.earned_method": (
        "Mål opptjent verdi på {name} etter {new} (var {old}).",
        "Count earned value of {name} by {new} (was {old}).",
    ),
    "activity.progress": (
        "Registrer fremdrift på {name}: {new} (var {old}).",
        "Record progress of {name}: {new} (was {old}).",
    ),
    "activity.split": (
        "Del {name} med {new} avbrudd (var {old}).",
        "Split {name} with {new} pauses (was {old}).",
    ),
    "activity.levelling_delay": (
        "Sett utjevningsforsinkelsen på {name} til {new} (var {old}).",
        "Set the levelling delay of {name} to {new} (was {old}).",
    ),
    "activity.active": (
        "Sett om {name} er med i planen: {new} (var {old}).",
        "Set whether {name} counts in the plan: {new} (was {old}).",
    ),
    "link.add": ("Legg til koblingen {new}.", "Add the link {new}."),
    "link.change": ("Endre koblingen {old} til {new}.", "Change the link {old} to {new}."),
    "link.remove": ("Fjern koblingen {old}.", "Remove the link {old}."),
    "resource.add": ("Legg til ressursen {name}.", "Add the resource {name}."),
    "resource.change": ("Endre ressursen {name}.", "Change the resource {name}."),
    "resource.remove": (
        "Fjern ressursen {name} og tildelingene til den.",
        "Remove the resource {name} and its assignments.",
    ),
    "assignment.add": (
        "Sett {name} på {new} med {number}.",
        "Assign {name} to {new} at {number}.",
    ),
    "assignment.change": (
        "Endre tildelingen av {name} på {new} til {number}.",
        "Change the assignment of {name} to {new} to {number}.",
    ),
    "assignment.remove": ("Ta {name} av {new}.", "Take {name} off {new}."),
    "calendar.add": ("Legg til kalenderen {name}.", "Add the calendar {name}."),
    "calendar.change": ("Endre kalenderen {name}.", "Change the calendar {name}."),
    "calendar.remove": ("Fjern kalenderen {name}.", "Remove the calendar {name}."),
    "calendar.exception.set": (
        "Sett unntaket {new} {number} i kalenderen {name}.",
        "Set the exception {new} {number} in the calendar {name}.",
    ),
    "calendar.exception.remove": (
        "Fjern unntaket {number} i kalenderen {name}.",
        "Remove the exception {number} in the calendar {name}.",
    ),
    "baseline.set": (
        "Frys {name} som referanseplan {number}.",
        "Freeze {name} as baseline {number}.",
    ),
    "baseline.clear": (
        "Fjern referanseplan {number} for {name}.",
        "Clear baseline {number} for {name}.",
    ),
    "baseline.restore": (
        "Sett tilbake referanseplaner for {name}.",
        "Restore baselines of {name}.",
    ),
    "plan.rename": (
        "Gi planen navnet {new} (var {old}).",
        "Rename the plan to {new} (was {old}).",
    ),
    "plan.dates": (
        "Sett planens start og slutt til {new} (var {old}).",
        "Set the plan's start and finish to {new} (was {old}).",
    ),
    "plan.status_date": (
        "Sett statusdatoen til {new} (var {old}).",
        "Set the status date to {new} (was {old}).",
    ),
    "plan.calendar": (
        "Sett planens kalender til {new} (var {old}).",
        "Set the plan's calendar to {new} (was {old}).",
    ),
    "plan.hours": (
        "Regn en dag som {new} timer (var {old}).",
        "Count a day as {new} hours (was {old}).",
    ),
    "plan.options": ("Endre planleggingsreglene.", "Change the scheduling rules."),
    "plan.properties": ("Endre opplysningene om planen.", "Change the plan's details."),
    "plan.replace": (
        "Bytt ut hele planen med {new} ({number} aktiviteter).",
        "Replace the whole plan with {new} ({number} activities).",
    ),
}

WORDS: Phrases = {
    "top": ("øverste nivå", "the top level"),
    "activity": ("aktivitet", "activity"),
    "activities": ("aktiviteter", "activities"),
    "all": ("hele planen", "the whole plan"),
    "yes": ("ja", "yes"),
    "no": ("nei", "no"),
    "none": ("ingen", "none"),
    "erlang": ("én av ti utenfor hver", "one in ten outside each"),
    "triangular": ("trekantet", "triangular"),
    "pert": ("PERT", "PERT"),
    "prosjektveiviseren": ("Prosjektveiviseren", "Prosjektveiviseren"),
    "uniform": ("alt like sannsynlig", "everything as likely"),
    "nobody": ("ingen", "nobody"),
    "last": ("sist", "last"),
    "hours": ("timer", "hours"),
    "started": ("startet", "started"),
    "finished": ("ferdig", "finished"),
    "left": ("igjen", "left"),
    "worked_days": ("arbeidstid", "working time"),
    "days_off": ("fri", "days off"),
    "auto": ("automatisk", "automatic"),
    "manual": ("manuell", "manual"),
    "percent": ("ferdiggrad", "percent complete"),
    "physical": ("fysisk ferdiggrad", "physical percent complete"),
    "zero_hundred": ("0/100", "0/100"),
    "fifty_fifty": ("50/50", "50/50"),
    "milestones": ("vektede milepæler", "weighted milestones"),
    "effort": ("innsats", "effort"),
    "level_of_effort": ("løpende innsats", "level of effort"),
    "FS": ("slutt-til-start", "finish-to-start"),
    "SS": ("start-til-start", "start-to-start"),
    "FF": ("slutt-til-slutt", "finish-to-finish"),
    "SF": ("start-til-slutt", "start-to-finish"),
    "ALAP": ("så sent som mulig", "as late as possible"),
    "MSO": ("må starte", "must start on"),
    "MFO": ("må slutte", "must finish on"),
    "SNET": ("starter tidligst", "start no earlier than"),
    "SNLT": ("starter senest", "start no later than"),
    "FNET": ("slutter tidligst", "finish no earlier than"),
    "FNLT": ("slutter senest", "finish no later than"),
}
