from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0001_tables"),
        ("timesheets", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name="sheet", name="sheet_by_week"),
        migrations.AddIndex(
            model_name="sheet",
            index=models.Index(
                fields=["project", "monday", "id", "state", "person"], name="sheet_by_week"
            ),
        ),
    ]
