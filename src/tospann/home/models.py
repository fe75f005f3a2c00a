"""Answers given by the links of the Monday letter. Working state: what they did is audited."""

from django.db import models

from tospann.people.models import Person


class LetterAnswer(models.Model):
    """A link that was used, so that it is used once."""

    link = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10)
    answered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["answered_at"], name="letter_answered")]

    def __str__(self) -> str:
        return self.answer
