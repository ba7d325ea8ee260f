from __future__ import annotations

import uuid

from django.db import models

from setwise.people.models import Person


class Deed(models.Model):
    """That a POST was carried out: the same again is the same fact once.

    `number` is made by the client, unique with the person. `digest` is keyed, so that it tells
    nothing of the words. Successes only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    number = models.UUIDField()
    route = models.CharField(max_length=200)
    digest = models.BinaryField(max_length=32)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "number"], name="deed_once_a_person"),
        )

    def __str__(self) -> str:
        return f"deed {self.id}"
