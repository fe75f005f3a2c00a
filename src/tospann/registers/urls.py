"""Addresses of own registers."""

from django.urls import path

from tospann.registers import import_views, views

_AT = "p/<str:key>/registers"
_OF = f"{_AT}/of/<slug:own>"
_LINE = f"{_AT}/lines/<int:number>"
urlpatterns = [
    path(_AT, views.registers, name="registers"),
    path(f"{_AT}/new", views.new_register, name="new_register"),
    path(_OF, views.own_register, name="own_register"),
    path(f"{_OF}/edit", views.edit_register, name="edit_register"),
    path(f"{_OF}/board", views.register_board, name="register_board"),
    path(f"{_OF}/matrix", views.register_matrix, name="register_matrix"),
    path(f"{_OF}/excel", import_views.excel, name="register_excel"),
    path(f"{_OF}/excel/take", import_views.take, name="take_register_excel"),
    path(f"{_OF}/new", views.new_line, name="new_register_line"),
    path(_LINE, views.register_line, name="register_line"),
    path(f"{_LINE}/edit", views.edit_line, name="edit_register_line"),
    path(f"{_LINE}/move", views.move_line, name="move_register_line"),
]
