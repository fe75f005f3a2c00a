"""Addresses of a project's documents, and of files attached to its records."""

from django.urls import path, re_path

from tospann.documents import views
from tospann.documents.dav import pages
from tospann.documents.dav import views as dav

P = "p/<str:key>/documents"
urlpatterns = [
    path(P, views.documents, name="documents"),
    path(f"{P}/new", views.new_document, name="new_document"),
    path(f"{P}/new-link", views.new_link, name="new_link"),
    path(f"{P}/prepare", views.prepare_upload, name="prepare_upload"),
    path(f"{P}/upload", views.upload, name="upload"),
    path(f"{P}/zip", views.zip_documents, name="zip_documents"),
    path(f"{P}/move", views.move_documents, name="move_documents"),
    path(f"{P}/throw-away", views.trash_documents, name="trash_documents"),
    path(f"{P}/trash", views.trash, name="documents_trash"),
    path(f"{P}/folders/new", views.new_folder, name="new_folder"),
    path(f"{P}/folders/<uuid:pk>/change", views.change_folder, name="change_folder"),
    path(f"{P}/folders/<uuid:pk>/move", views.move_folder, name="move_folder"),
    path(f"{P}/folders/<uuid:pk>/<str:act>", views.folder_act, name="folder_act"),
    path(f"{P}/needed", views.needed, name="needed_documents"),
    path(f"{P}/needed/new", views.new_needed, name="new_needed"),
    path(f"{P}/needed/<uuid:pk>/change", views.change_needed, name="change_needed"),
    path(f"{P}/needed/<uuid:pk>/answer", views.answer_needed, name="answer_needed"),
    path(f"{P}/needed/<uuid:pk>/remove", views.remove_needed, name="remove_needed"),
    path(f"{P}/<int:number>", views.document, name="document"),
    path(f"{P}/<int:number>/open/<slug:program>", pages.open_in, name="open_in"),
    path(f"{P}/<int:number>/file", views.document_file, name="document_file"),
    path(f"{P}/<int:number>/versions/<int:version>", views.version_file, name="version_file"),
    path(f"{P}/<int:number>/preview", views.preview, name="document_preview"),
    path(f"{P}/<int:number>/preview/<int:sheet>", views.preview_page, name="document_preview_page"),
    path(f"{P}/<int:number>/compare", views.compare, name="compare_versions"),
    path(f"{P}/<int:number>/new-version", views.new_version, name="new_version"),
    path(f"{P}/<int:number>/change/<str:ask>", views.change, name="change_document"),
    path(f"{P}/<int:number>/do/<str:act>", views.act, name="document_act"),
    path("p/<str:key>/files/<uuid:pk>", views.attachment, name="attachment"),
    path("admin/storage", views.storage, name="admin_storage"),
    re_path(
        r"^dav/t/(?P<token>[A-Za-z0-9_-]{43})(?P<path>(?:/[\s\S]*)?)$",
        dav.one_document,
        name="dav_document",
    ),
    re_path(r"^dav(?P<path>(?:/[\s\S]*)?)$", dav.drive, name="dav"),
]
