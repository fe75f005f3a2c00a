"""Addresses of a project's document templates and of what is filled in from them."""

from django.urls import path

from tospann.blanks import views

_ONE = "p/<str:key>/filled/<int:number>"

urlpatterns = [
    path("p/<str:key>/documents/templates", views.templates, name="templates"),
    path("p/<str:key>/documents/templates/<slug:name>", views.template, name="template"),
    path(
        "p/<str:key>/documents/templates/<slug:name>/fill", views.start_filled, name="start_filled"
    ),
    path("admin/word-templates", views.word_templates, name="word_templates"),
    path("admin/word-templates/<slug:name>", views.word_template, name="word_template"),
    path("admin/word-templates/<slug:name>/use", views.set_word_template, name="set_word_template"),
    path("admin/word-templates/<slug:name>/start", views.word_start, name="word_start"),
    path(
        "admin/word-templates/<slug:name>/remove",
        views.remove_word_template,
        name="remove_word_template",
    ),
    path(_ONE, views.filled, name="filled"),
    path(f"{_ONE}/save", views.save_filled, name="save_filled"),
    path(f"{_ONE}/news", views.filled_news, name="filled_news"),
    path(f"{_ONE}/earlier", views.filled_earlier, name="filled_earlier"),
    path(f"{_ONE}/earlier/<uuid:pk>", views.use_earlier, name="use_earlier"),
    path(f"{_ONE}/send", views.send_filled, name="send_filled"),
    path(f"{_ONE}/reopen", views.reopen_filled, name="reopen_filled"),
    path(f"{_ONE}/revise", views.revise_filled, name="revise_filled"),
    path(f"{_ONE}/rename", views.rename_filled, name="rename_filled"),
    path(f"{_ONE}/discard", views.discard_filled, name="discard_filled"),
    path(f"{_ONE}/versions/<int:version>", views.edition, name="edition"),
    path(f"{_ONE}/pdf", views.filled_pdf, name="filled_pdf"),
    path(f"{_ONE}/docx", views.filled_docx, name="filled_docx"),
    path(f"{_ONE}/comments/<slug:section>", views.comment_on_filled, name="comment_on_filled"),
    path(
        f"{_ONE}/comments/<uuid:pk>/settle",
        views.settle_filled_comment,
        name="settle_filled_comment",
    ),
]
