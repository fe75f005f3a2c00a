"""Addresses of my page, a project's overview, search and help."""

from django.urls import path
from django.views.decorators.http import require_POST

from tospann.home import away_views, mine, new, views
from tospann.home.letter import views as letter

urlpatterns = [
    path("", views.home, name="home"),
    path("search", views.search, name="search"),
    path("help", views.guide, name="help"),
    path("mine/<slug:what>/<str:key>/<int:number>/done", mine.done, name="mine_done"),
    path("mine/<slug:what>/<str:key>/<int:number>/date", mine.late, name="mine_late"),
    path("mine/<slug:what>/<str:key>/<int:number>/stuck", mine.stuck, name="mine_stuck"),
    path("mine/invitations/<uuid:attendance>", mine.invitation, name="mine_invitation"),
    path("mine/remind", mine.remind, name="mine_remind"),
    path("away", away_views.away, name="away"),
    path("away/start", away_views.go_away, name="go_away"),
    path("new/<slug:what>", new.new, name="new_thing"),
    path("new/<slug:what>/form", new.form, name="new_form"),
    path("monday-letter", letter.letter, name="monday_letter"),
    path("answer/<str:token>", letter.answer, name="answer_letter"),
    path("p/<str:key>/", views.overview, name="overview"),
    path("p/<str:key>/started", require_POST(views.hide_first_steps), name="hide_first_steps"),
]
