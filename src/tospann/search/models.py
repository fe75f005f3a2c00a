"""The index. All of it can be emptied and made again from what it was made of."""

from django.db import models


class Entry(models.Model):
    """One thing that can be found. ``title_words`` and ``stems`` are what is searched.

    Both hold longer stems backwards too (``words.both_ways``): how parts of compounds are found.
    """

    id = models.BigAutoField(primary_key=True)
    reference = models.CharField(max_length=100, unique=True)
    label = models.CharField(max_length=60)
    record_id = models.UUIDField(null=True)
    project_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    digest = models.CharField(max_length=40)
    number = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    title_stems = models.TextField()
    title_words = models.TextField()
    strong = models.TextField()
    stems = models.TextField()
    text = models.TextField()

    class Meta:
        # None on label: SQLite would rather read all of a kind than what holds the words.
        indexes = [
            models.Index(fields=["project_id"], name="search_project"),
            models.Index(fields=["-at", "reference"], name="search_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class Word(models.Model):
    """A stem that occurs somewhere: how what was written nearly so is found."""

    word = models.CharField(primary_key=True, max_length=40)

    def __str__(self) -> str:
        return self.word


class Built(models.Model):
    """In which form the whole index was last made (see ``indexing.FORM``)."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    form = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.form} {self.at}"
