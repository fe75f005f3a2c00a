from django.db import migrations, models
from django.utils import timezone


def keep_the_present_ones(apps, schema_editor):
    """A plan that is frozen has the baseline it was frozen as, without a name."""
    revisions = apps.get_model("planning", "Revision").objects
    for plan in apps.get_model("planning", "Plan").objects.exclude(baseline_revision=None):
        frozen = revisions.filter(
            plan=plan, kind="baseline", number__lte=plan.baseline_revision
        ).values_list("number", "created_at")
        plan.baselines = [
            {"revision": number, "name": "", "on": timezone.localdate(at).isoformat()}
            for number, at in frozen.order_by("number")
        ]
        plan.save(update_fields=["baselines"])


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0002_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="baselines",
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(keep_the_present_ones, migrations.RunPython.noop),
    ]
