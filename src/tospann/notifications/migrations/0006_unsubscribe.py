from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0005_meeting_kind")]

    operations = [
        migrations.AddField(
            model_name="outboxmail",
            name="unsubscribe",
            field=models.CharField(blank=True, default="", max_length=700),
            preserve_default=False,
        ),
    ]
