"""Addresses of closing a project, and of the organisation's lessons."""

from django.urls import path

from tospann.closing.views import benefits, left, lessons, looking, settling, visiting

_AT = "p/<str:key>/close"
_LESSON = f"{_AT}/lessons/<uuid:pk>"
urlpatterns = [
    path("lessons", lessons.base, name="lessons"),
    path(_AT, left.close, name="close"),
    path(f"{_AT}/begin", left.begin_closing, name="begin_closing"),
    path(f"{_AT}/words", left.write_closing, name="write_closing"),
    path(f"{_AT}/cases/<int:number>", left.carry_on_case, name="carry_on_case"),
    path(f"{_AT}/carried/<uuid:pk>/drop", left.drop_carrying_on, name="drop_carrying_on"),
    path(f"{_AT}/decide", left.close_project, name="close_project"),
    path(f"{_AT}/reopen", left.reopen_project, name="reopen_project"),
    path(f"{_AT}/benefits", benefits.benefits, name="closing_benefits"),
    path(f"{_AT}/benefits/<int:number>", benefits.hand_over, name="closing_hand_over"),
    path(f"{_AT}/evaluation", looking.evaluation, name="closing_evaluation"),
    path(f"{_AT}/evaluation/<uuid:pk>", looking.evaluate, name="evaluate_criterion"),
    path(f"{_AT}/surveys", looking.surveys, name="closing_surveys"),
    path(f"{_AT}/surveys/new", looking.new_survey, name="new_survey"),
    path(f"{_AT}/surveys/<int:number>", looking.survey, name="survey"),
    path(f"{_AT}/surveys/<int:number>/end", looking.end_survey, name="end_survey"),
    path(f"{_AT}/money", settling.money, name="closing_money"),
    path(f"{_AT}/people", settling.people, name="closing_people"),
    path(f"{_AT}/meeting", settling.meeting, name="closing_meeting"),
    path(f"{_AT}/report", settling.report, name="closing_report"),
    path(f"{_AT}/report/start", settling.start_report, name="start_end_report"),
    path(f"{_AT}/lessons", lessons.lessons, name="closing_lessons"),
    path(f"{_AT}/lessons/new", lessons.new_lesson, name="closing_new_lesson"),
    path(_LESSON, lessons.edit_lesson, name="edit_lesson"),
    path(f"{_LESSON}/publish", lessons.publish_lesson, name="publish_lesson"),
    path(f"{_LESSON}/withdraw", lessons.withdraw_lesson, name="withdraw_lesson"),
    path(f"{_AT}/forecasts", lessons.held, name="closing_forecasts"),
    path("p/<str:key>/advice", lessons.offered, name="lessons_offered"),
    path("p/<str:key>/advice/widen", lessons.widen, name="widen_ranges"),
    path("rooms/<str:key>/surveys/<int:number>", visiting.room_survey, name="room_survey"),
]
