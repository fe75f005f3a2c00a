"""Addresses of starting a project and of the organisation's packs."""

from django.urls import path

from tospann.packs.views import keep, start

urlpatterns = [
    path("projects/new", start.new_project, name="new_project"),
    path("admin/packs", keep.packs, name="packs"),
    path("admin/packs/upload", keep.upload, name="upload_pack"),
    path("admin/packs/<slug:key>", keep.pack, name="pack"),
    path("admin/packs/<slug:key>/file", keep.download, name="download_pack"),
    path("admin/packs/<slug:key>/copy", keep.copy, name="copy_pack"),
    path("admin/packs/<slug:key>/replace", keep.replace, name="replace_pack"),
    path("admin/packs/<slug:key>/retire", keep.retire, name="retire_pack"),
    path("admin/packs/<slug:key>/edit/<slug:part>", keep.edit, name="edit_pack"),
    path("admin/packs/<slug:key>/edit/<slug:part>/<str:item>", keep.edit, name="edit_pack_item"),
    path("admin/packs/<slug:key>/add/<slug:part>", keep.add, name="add_pack_item"),
    path(
        "admin/packs/<slug:key>/remove/<slug:part>/<str:item>", keep.remove, name="remove_pack_item"
    ),
    path("admin/packs/<slug:key>/move/<slug:part>/<str:item>", keep.move, name="move_pack_item"),
]
