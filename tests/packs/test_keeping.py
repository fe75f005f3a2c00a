"""The organisation's own packs: copied, edited part by part, uploaded, retired; and the pages."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import making

from tospann.foundation.authority import SYSTEM, Role
from tospann.foundation.errors import Gone, Invalid, NotAllowed
from tospann.packs import commands, edits, queries
from tospann.packs.library import PACKS, pack
from tospann.packs.models import OrganisationPack
from tospann.people import commands as people
from tospann.people.actors import actor_for
from tospann.projects.models import Membership, Phase, Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    making.organisation()
    person = making.person("Admin", language="en")
    people.give_organisation_role(SYSTEM, person, role=Role.ADMINISTRATOR)
    return person


def copied(admin, of="it_delivery", key="ours"):
    return commands.copy_pack(
        actor_for(admin), making.organisation(), of=of, key=key, name="Vår pakke"
    )


def test_a_copy_starts_as_the_original_under_its_own_name(admin):
    own = copied(admin)
    definition = queries.offered("ours").pack
    assert definition.phases == pack("it_delivery").phases
    assert (own.based_on, definition.version, definition.name.nb) == ("it_delivery", 1, "Vår pakke")
    assert [one.pack.key for one in queries.available()] == [*PACKS, "ours"]


@pytest.mark.parametrize("key", ["construction", "ours"])
def test_a_key_is_used_once(admin, key):
    copied(admin)
    with pytest.raises(Invalid) as refused:
        copied(admin, key=key)
    assert refused.value.field == "key"


def test_only_keepers_of_packs_change_them(admin):
    stranger = actor_for(making.person())
    with pytest.raises(NotAllowed):
        commands.copy_pack(
            stranger, making.organisation(), of="construction", key="mine", name="Mine"
        )
    own = copied(admin)
    with pytest.raises(NotAllowed):
        commands.edit_pack_part(stranger, own, part="name", value={"nb": "x", "en": "x"})
    with pytest.raises(NotAllowed):
        commands.retire_pack(stranger, own, is_active=False)


def test_each_edit_is_a_new_version_and_projects_start_from_the_latest(admin):
    own = copied(admin)
    phases = [phase.model_dump(mode="json") for phase in pack("it_delivery").phases]
    phases[0]["name"] = {"nb": "Tanke", "en": "Thought"}
    own = commands.edit_pack_part(actor_for(admin), own, part="phases", value=phases)
    assert own.pack_version == 2
    assert queries.offered("ours").pack.phases[0].name.nb == "Tanke"
    assert pack("it_delivery").phases[0].name.nb != "Tanke"


@pytest.mark.parametrize(
    ("part", "value", "place"),
    [
        ("phases", [], "phases"),
        ("phases", "no list", "phases"),
        ("gates", [{"key": "x"}], "gates"),
        ("tolerances", [{"area": "weather", "allowed": {"nb": "x", "en": "x"}}], "tolerances"),
        ("authority", [], "authority"),
        ("documents", ["no_such_template"], ""),
        ("name", {"nb": "bare norsk"}, "name"),
    ],
)
def test_what_does_not_hang_together_is_refused_with_its_place(admin, part, value, place):
    own = copied(admin)
    with pytest.raises(Invalid) as refused:
        commands.edit_pack_part(actor_for(admin), own, part=part, value=value)
    assert place in refused.value.message
    own.refresh_from_db()
    assert own.pack_version == 1


def definition(key="it_delivery"):
    return pack(key).model_dump(mode="json")


def checked(after):
    return commands.keeping.validated(after)


def test_a_gate_brings_and_takes_its_milestone():
    gate = {
        "code": "G0",
        "name": {"nb": "Avbryte", "en": "Cancel"},
        "after": "closing",
        "leads_into": None,
        "deciders": ["owner"],
        "decider_label": {"nb": "Eier", "en": "Owner"},
        "outcomes": ["proceed"],
        "criteria": [{"key": "a", "text": {"nb": "a", "en": "a"}}],
    }
    without = edits.removed(definition(), "gates", "g5")
    assert "g5" not in {item.key for item in checked(without).plan}
    after = checked(edits.added(without, "gates", gate))
    assert after.gates[-1].key == "cancel"
    assert [item.parent for item in after.plan if item.gate == "cancel"] == ["closing"]


def test_phases_are_added_renamed_moved_and_removed():
    phase = {
        "name": {"nb": "Læring", "en": "Learning"},
        "description": {"nb": "x", "en": "x"},
        "owner": "line",
        "opens_freely": True,
    }
    after = edits.added(definition(), "phases", phase)
    assert checked(after).phases[-1].key == "learning"
    renamed = edits.changed(after, "phases", "learning", {"name": {"nb": "Ny", "en": "New"}})
    assert checked(renamed).phases[-1].name.nb == "Ny"
    assert checked(edits.removed(renamed, "phases", "learning")) == checked(definition())
    with pytest.raises(Invalid, match="does not follow"):
        checked(edits.moved(definition(), "phases", "concept", 1))
    with pytest.raises(Gone):
        edits.removed(definition(), "phases", "no_such_phase")


def test_checklist_points_are_edited_within_their_gate():
    point = {"text": {"nb": "Ny", "en": "New point"}}
    after = edits.added(definition(), "criteria:g1", point)
    assert [one.key for one in checked(after).gates[0].criteria][-1] == "new_point"
    first = checked(definition()).gates[0].criteria[0].key
    assert len(checked(edits.removed(after, "criteria:g1", first)).gates[0].criteria) == 3
    assert definition() == definition()


# ---------------------------------------------------------------- pages


@pytest.fixture
def keeper(client, admin):
    client.force_login(admin)
    return client


@pytest.mark.parametrize("key", PACKS)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_pack_can_be_read_whole(client, admin, key, language):
    type(admin).objects.filter(pk=admin.pk).update(language=language)
    client.force_login(admin)
    body = client.get(reverse("pack", args=[key])).content.decode()
    for phase in pack(key).phases:
        assert phase.name.in_language(language) in body
    assert client.get(reverse("packs")).status_code == 200


def test_packs_are_hidden_from_others(client):
    client.force_login(making.person())
    assert client.get(reverse("packs")).status_code == 404
    assert client.get(reverse("pack", args=["construction"])).status_code == 404


def test_shipped_packs_are_not_edited(keeper):
    address = reverse("edit_pack", args=["construction", "name"])
    assert keeper.get(address).status_code == 404
    assert keeper.post(reverse("retire_pack", args=["construction"])).status_code == 404


def test_a_pack_is_copied_and_edited_on_the_page(keeper):
    answer = keeper.post(
        reverse("copy_pack", args=["small_general"]), {"name": "Vårt", "key": "vaart"}
    )
    assert answer.status_code == 302
    item = reverse("edit_pack_item", args=["vaart", "phases", "start"])
    assert "Oppstart" not in keeper.get(item).content.decode()
    asked = {
        "name_nb": "Oppstart",
        "name_en": "Start-up",
        "description_nb": "x",
        "description_en": "x",
        "owner": "project",
    }
    assert keeper.post(item, asked).status_code == 302
    assert "Start-up" in keeper.get(reverse("pack", args=["vaart"])).content.decode()
    for part, item_ in [
        ("gates", "a"),
        ("criteria", "a:goal_clear"),
        ("folders", "01"),
        ("tolerances", "time"),
        ("roles", "owner"),
        ("authority", "0"),
    ]:
        assert keeper.get(reverse("edit_pack_item", args=["vaart", part, item_])).status_code == 200
    for part in ("phases", "gates", "folders", "tolerances", "authority"):
        assert keeper.get(reverse("add_pack_item", args=["vaart", part])).status_code == 200


def test_adding_and_removing_on_the_page(keeper):
    keeper.post(reverse("copy_pack", args=["small_general"]), {"name": "Vårt", "key": "vaart"})
    folder = {"number": "07", "name_nb": "Bilder", "name_en": "Pictures", "classification": "open"}
    keeper.post(reverse("add_pack_item", args=["vaart", "folders"]), folder)
    assert queries.offered("vaart").pack.folders[-1].name.nb == "Bilder"
    keeper.post(reverse("remove_pack_item", args=["vaart", "folders", "07"]))
    assert queries.offered("vaart").pack.folders == pack("small_general").folders
    point = {"text_nb": "Ny", "text_en": "New"}
    keeper.post(reverse("add_pack_item", args=["vaart", "criteria"]) + "?gate=a", point)
    assert len(queries.offered("vaart").pack.gates[0].criteria) == 5
    limit = {
        "kind": "plan",
        "measure": "finish_change_days",
        "limit": "20",
        "deciders": ["owner"],
        "mode": "any",
    }
    keeper.post(reverse("add_pack_item", args=["vaart", "authority"]), limit)
    rule = queries.offered("vaart").pack.authority[-1]
    assert (rule.limit, rule.unit, rule.operator, rule.because) == (20, "days", ">", None)


def test_a_mistake_is_said_and_nothing_is_saved(keeper):
    keeper.post(reverse("copy_pack", args=["small_general"]), {"name": "Vårt", "key": "vaart"})
    limit = {"kind": "plan", "measure": "finish_change_days", "deciders": ["owner"], "mode": "any"}
    answer = keeper.post(reverse("add_pack_item", args=["vaart", "authority"]), limit)
    assert answer.status_code == 422
    assert "given together" in answer.content.decode()
    assert OrganisationPack.objects.get(key="vaart").pack_version == 1


def test_a_pack_travels_as_a_file(keeper):
    file = keeper.get(reverse("download_pack", args=["construction"]))
    assert "attachment" in file["Content-Disposition"]
    upload = SimpleUploadedFile("p.json", file.content)
    answer = keeper.post(reverse("upload_pack"), {"key": "brought", "file": upload})
    assert answer.status_code == 302
    assert queries.offered("brought").pack.gates == pack("construction").gates
    again = SimpleUploadedFile("p.json", file.content)
    keeper.post(reverse("replace_pack", args=["brought"]), {"file": again})
    assert queries.offered("brought").pack.version == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"[1, 2",
        b"key = ",
        json.dumps({"key": "x"}).encode(),
        b"{" * 100_000,
        b'{"a": ' * 5000,
    ],
)
def test_a_file_that_is_no_pack_is_refused(keeper, content):
    upload = SimpleUploadedFile("p.json", content)
    answer = keeper.post(reverse("upload_pack"), {"key": "brought", "file": upload})
    assert answer.status_code == 422
    assert not OrganisationPack.objects.exists()


def test_a_retired_pack_is_not_offered(keeper, admin):
    copied(admin)
    keeper.post(reverse("retire_pack", args=["ours"]))
    assert "ours" not in [one.pack.key for one in queries.available()]
    assert "Vår pakke" not in keeper.get(reverse("new_project")).content.decode()
    keeper.post(reverse("retire_pack", args=["ours"]))
    assert "ours" in [one.pack.key for one in queries.available()]


def test_a_project_is_started_on_one_screen(client):
    making.organisation()
    starter, owner = making.person("Ingrid", language="en"), making.person("Tor")
    client.force_login(starter)
    body = client.get(reverse("new_project")).content.decode()
    for key in PACKS:
        assert f'value="{key}"' in body
    asked = {
        "name": "Ny svømmehall",
        "finish": "31.12.2030",
        "pack": "construction",
        "language": "nb",
        "manager_email": "kari@example.org",
        "owner": str(owner.pk),
        "coordinator": str(starter.pk),
    }
    answer = client.post(reverse("new_project"), asked)
    project = Project.objects.get()
    assert answer.url == f"/p/{project.key}/"
    assert project.key == "NS"
    assert Phase.objects.filter(project=project).count() == 8
    roles = dict(Membership.objects.values_list("person__email", "role"))
    assert roles["kari@example.org"] == "manager"
    assert client.get(reverse("goals", args=[project.key])).status_code == 200
    again = client.post(reverse("new_project"), {**asked, "manager_email": "", "name": "Nytt sted"})
    assert again.status_code == 422
    assert Project.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"finish": ""},
        {"finish": "in a while"},
        {"name": ""},
        {"pack": "no_such_pack"},
        {"key": "not a key!"},
        {"owner": "0"},
        {"owner_email": "x@example.org"},
    ],
)
def test_a_wrong_start_is_said_at_the_field(client, wrong):
    making.organisation()
    somebody = making.person(language="en")
    client.force_login(somebody)
    me = str(somebody.pk)
    asked = {
        "name": "X",
        "finish": "31.12.2030",
        "pack": "small_general",
        "language": "nb",
        "manager": me,
        "owner": me,
    }
    answer = client.post(reverse("new_project"), {**asked, **wrong})
    assert answer.status_code == 422
    assert "ds-error-summary" in answer.content.decode()
    assert not Project.objects.exists()


def test_bringing_a_plan_goes_on_to_the_import(client):
    making.organisation()
    somebody = making.person(language="en")
    client.force_login(somebody)
    me = str(somebody.pk)
    asked = {
        "name": "Xylofon",
        "finish": "31.12.2030",
        "pack": "small_general",
        "language": "en",
        "manager": me,
        "owner": me,
    }
    answer = client.post(reverse("new_project") + "?then=import", asked)
    assert answer.url.endswith("/plan/import")
