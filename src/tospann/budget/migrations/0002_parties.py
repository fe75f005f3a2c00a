import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce


def add_up(apps, schema_editor):
    """The sums that are kept from now on, of the costs there are."""
    costs = apps.get_model("budget", "Cost").objects.order_by()
    party = apps.get_model("budget", "CostParty")
    for is_of_people in (True, False):
        of_people = Q(person__isnull=False) | Q(hours__isnull=False)
        chosen = costs.filter(of_people) if is_of_people else costs.exclude(of_people)
        rows = chosen.values("project_id", "supplier", "person_id").annotate(
            amount=Sum("amount_nok"), worked=Coalesce(Sum("hours"), 0, output_field=_HOURS), n=Count("id")
        )
        party.objects.bulk_create(
            [
                party(
                    project_id=row["project_id"],
                    supplier=row["supplier"],
                    person_id=row["person_id"],
                    is_of_people=is_of_people,
                    amount=row["amount"],
                    hours=row["worked"],
                    rows=row["n"],
                )
                for row in rows
            ],
            batch_size=500,
        )


_HOURS = models.DecimalField(max_digits=14, decimal_places=2)


class Migration(migrations.Migration):
    dependencies = [
        ("budget", "0001_tables"),
        ("projects", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CostParty",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("supplier", models.CharField(blank=True, max_length=200)),
                ("is_of_people", models.BooleanField(default=False)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("hours", models.DecimalField(decimal_places=2, max_digits=14)),
                ("rows", models.PositiveIntegerField()),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="projects.project",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="costparty",
            index=models.Index(fields=["project", "supplier"], name="cost_party_of_project"),
        ),
        migrations.AddIndex(
            model_name="cost",
            index=models.Index(
                fields=["project", "supplier", "booked_on"], name="cost_of_supplier"
            ),
        ),
        migrations.RunPython(add_up, migrations.RunPython.noop),
    ]
