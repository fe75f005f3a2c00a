"""What somebody did with people's time: requests, offers, agreements, employment, absence."""

from django.utils.translation import ngettext_lazy as _n

CAPACITY = {
    "resources.accept_counter_offer": _n(
        "accepted a counter-offer for somebody's time",
        "accepted %(n)s counter-offers for people's time",
        "n",
    ),
    "resources.accept_offer": _n(
        "accepted an offer of somebody's time", "accepted %(n)s offers of people's time", "n"
    ),
    "resources.add_unit": _n("added a unit", "added %(n)s units", "n"),
    "resources.ask_for_people": _n(
        "asked for somebody's time", "asked for people's time %(n)s times", "n"
    ),
    "resources.change_unit": _n("changed a unit", "changed %(n)s units", "n"),
    "resources.counter_offer": _n(
        "made a counter-offer for somebody's time", "made %(n)s counter-offers", "n"
    ),
    "resources.decline_request": _n(
        "declined a request for somebody's time", "declined %(n)s requests for people", "n"
    ),
    "resources.employ": _n(
        "recorded where somebody works", "recorded where %(n)s people work", "n"
    ),
    "resources.end_agreement": _n(
        "ended an agreement on somebody's time", "ended %(n)s agreements on people's time", "n"
    ),
    "resources.end_employment": _n(
        "ended where somebody works", "ended where %(n)s people work", "n"
    ),
    "resources.forget_skill": _n("removed a skill", "removed %(n)s skills", "n"),
    "resources.make_offer": _n("offered somebody's time", "offered people's time %(n)s times", "n"),
    "resources.record_absence": _n(
        "recorded when somebody is away", "recorded absence %(n)s times", "n"
    ),
    "resources.record_agreement": _n(
        "recorded an agreement on somebody's time",
        "recorded %(n)s agreements on people's time",
        "n",
    ),
    "resources.remove_absence": _n("removed an absence", "removed %(n)s absences", "n"),
    "resources.remove_title_rate": _n(
        "removed a rate of a title", "removed %(n)s rates of titles", "n"
    ),
    "resources.set_rate": _n(
        "set what an hour of somebody costs", "set what an hour costs %(n)s times", "n"
    ),
    "resources.set_skill": _n("recorded a skill", "recorded %(n)s skills", "n"),
    "resources.set_title_rate": _n(
        "set what an hour costs by title", "set what an hour costs by title %(n)s times", "n"
    ),
    "resources.set_working_share": _n(
        "changed how much somebody works", "changed how much %(n)s people work", "n"
    ),
    "resources.withdraw_person": _n(
        "took somebody back from a project", "took %(n)s people back from projects", "n"
    ),
    "resources.withdraw_request": _n(
        "withdrew a request for somebody's time", "withdrew %(n)s requests for people", "n"
    ),
}
