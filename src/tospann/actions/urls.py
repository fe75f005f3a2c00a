"""Addresses of tasks and actions."""

from django.urls import path

from tospann.actions.views import bulk, cells, lists, one, said, ways

urlpatterns = [
    path("p/<str:key>/tasks", lists.tasks, name="tasks"),
    path("p/<str:key>/tasks/board", ways.board, name="tasks_board"),
    path("p/<str:key>/tasks/people", ways.people, name="tasks_people"),
    path("p/<str:key>/tasks/weeks", ways.weeks, name="tasks_weeks"),
    path("p/<str:key>/tasks/owes", ways.owes, name="who_owes_whom"),
    path("p/<str:key>/tasks/change", bulk.edit_actions, name="edit_actions"),
    path("p/<str:key>/tasks/remind", lists.remind_everyone, name="remind_overdue"),
    path("p/<str:key>/actions/new", one.new_action, name="new_action"),
    path("p/<str:key>/actions/<int:number>", one.action, name="action"),
    path("p/<str:key>/actions/<int:number>/row", lists.row, name="action_row"),
    path("p/<str:key>/actions/<int:number>/cell/<str:what>", cells.cell, name="action_cell"),
    path("p/<str:key>/actions/<int:number>/move", ways.move, name="move_action"),
    path("p/<str:key>/actions/<int:number>/edit", one.edit_action, name="edit_action"),
    path("p/<str:key>/actions/<int:number>/hand-over", one.hand_over, name="hand_over_action"),
    path("p/<str:key>/actions/<int:number>/drop", one.drop, name="drop_action"),
    path("p/<str:key>/actions/<int:number>/complete", one.complete, name="complete_action"),
    path("p/<str:key>/actions/<int:number>/reopen", one.reopen, name="reopen_action"),
    path("p/<str:key>/actions/<int:number>/toggle", lists.toggle, name="action_toggle"),
    path("p/<str:key>/actions/<int:number>/begin", said.begin, name="begin_action"),
    path("p/<str:key>/actions/<int:number>/comment", said.comment, name="comment_on_action"),
    path("p/<str:key>/actions/<int:number>/links/new", said.add_link, name="add_action_link"),
    path("p/<str:key>/actions/links/<uuid:pk>/remove", said.remove_link, name="remove_action_link"),
    path("p/<str:key>/actions/<int:number>/late", said.late, name="action_late"),
    path("p/<str:key>/actions/<int:number>/late/answer", said.answer_late, name="answer_late"),
    path("p/<str:key>/actions/<int:number>/stuck", said.stuck, name="action_stuck"),
    path("p/<str:key>/actions/<int:number>/help", said.help_out, name="help_with_action"),
    path("p/<str:key>/actions/<int:number>/stuck/over", said.unstuck, name="action_unstuck"),
    path("p/<str:key>/actions/<int:number>/remind", said.remind, name="remind_action"),
]
