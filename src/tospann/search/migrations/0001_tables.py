"""Entries and words; what answers “which entries hold this stem”: FTS5 by triggers, or GIN."""

from django.db import migrations, models

_TABLES = (("search_titles", "title_words"), ("search_words", "stems"))


def _sqlite():
    for table, column in _TABLES:
        gone = (
            f"INSERT INTO {table}({table}, rowid, {column}) VALUES ('delete', old.id, old.{column});"
        )
        new = f"INSERT INTO {table}(rowid, {column}) VALUES (new.id, new.{column});"
        yield f"""
            CREATE VIRTUAL TABLE {table} USING fts5(
                {column}, content='search_entry', content_rowid='id',
                tokenize="unicode61 remove_diacritics 0", detail=none, columnsize=0
            )
        """
        yield f"CREATE TRIGGER {table}_added AFTER INSERT ON search_entry BEGIN {new} END"
        yield f"CREATE TRIGGER {table}_removed AFTER DELETE ON search_entry BEGIN {gone} END"
        yield (
            f"CREATE TRIGGER {table}_changed AFTER UPDATE OF {column} ON search_entry "
            f"BEGIN {gone} {new} END"
        )


def _postgresql():
    for name, column in (("search_title_words", "title_words"), ("search_stems", "stems")):
        yield (
            f"CREATE INDEX {name} ON search_entry "
            f"USING gin (array_to_tsvector(string_to_array({column}, ' ')))"
        )


def make(apps, editor):
    for sql in _postgresql() if editor.connection.vendor == "postgresql" else _sqlite():
        editor.execute(sql, params=None)


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('search', '0001_initial'),
        ('search', '0002_words'),
        ('search', '0003_both_ways'),
    ]

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Built',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('form', models.CharField(max_length=40)),
                ('at', models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('word', models.CharField(max_length=40, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('reference', models.CharField(max_length=100, unique=True)),
                ('label', models.CharField(max_length=60)),
                ('record_id', models.UUIDField(null=True)),
                ('project_id', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('digest', models.CharField(max_length=40)),
                ('number', models.CharField(max_length=100)),
                ('title', models.CharField(max_length=300)),
                ('title_stems', models.TextField()),
                ('title_words', models.TextField()),
                ('strong', models.TextField()),
                ('stems', models.TextField()),
                ('text', models.TextField()),
            ],
            options={
                'indexes': [models.Index(fields=['project_id'], name='search_project'), models.Index(fields=['-at', 'reference'], name='search_newest')],
            },
        ),
        migrations.RunPython(make, migrations.RunPython.noop),
    ]
