import tospann.foundation.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('packs', '0001_initial')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='OrganisationPack',
            fields=[
                ('id', models.UUIDField(default=tospann.foundation.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('key', models.CharField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('pack_version', models.PositiveIntegerField(default=1)),
                ('definition', models.JSONField(default=dict)),
                ('based_on', models.CharField(max_length=60)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['name'],
            },
        ),
    ]
