"""Addresses of working together, below TEAM."""

from django.urls import path

from tospann.team.views import covering, handing, matrix, retrospectives, week

_AT = "p/<str:key>/team"
_BACK = f"{_AT}/retrospectives"
_ONE = f"{_BACK}/<int:number>"
_THOUGHT = f"{_ONE}/thoughts/<uuid:pk>"
urlpatterns = [
    path(f"{_AT}/week", week.week, name="team_week"),
    path(f"{_AT}/pulse", week.answer_pulse, name="answer_pulse"),
    path(f"{_AT}/delivered", week.delivered, name="team_delivered"),
    path(f"{_AT}/delivered/send", week.send_delivered, name="send_delivered"),
    path(f"{_AT}/cover/<uuid:pk>", covering.cover, name="cover_for"),
    path(f"{_AT}/responsibilities", matrix.responsibilities, name="team_responsibilities"),
    path(f"{_AT}/responsibilities/new", matrix.new_responsibility, name="new_responsibility"),
    path(
        f"{_AT}/responsibilities/<uuid:pk>", matrix.edit_responsibility, name="edit_responsibility"
    ),
    path(
        f"{_AT}/responsibilities/<uuid:pk>/remove",
        matrix.remove_responsibility,
        name="remove_responsibility",
    ),
    path(_BACK, retrospectives.retrospectives, name="retrospectives"),
    path(f"{_BACK}/new", retrospectives.new_retrospective, name="new_retrospective"),
    path(f"{_BACK}/lessons/new", retrospectives.new_lesson, name="new_lesson"),
    path(_ONE, retrospectives.retrospective, name="retrospective"),
    path(f"{_ONE}/thoughts", retrospectives.add_thought, name="add_thought"),
    path(f"{_ONE}/close", retrospectives.close_retrospective, name="close_retrospective"),
    path(f"{_THOUGHT}/remove", retrospectives.remove_thought, name="remove_thought"),
    path(f"{_THOUGHT}/act", retrospectives.act_on_thought, name="act_on_thought"),
    path(f"{_THOUGHT}/learn", retrospectives.learn, name="learn_from_thought"),
    path(f"{_AT}/memos/new", handing.new_memo, name="new_memo"),
    path(f"{_AT}/memos/<uuid:pk>", handing.memo, name="memo"),
    path(f"{_AT}/<uuid:pk>/leave", handing.leave, name="leave_project"),
]
