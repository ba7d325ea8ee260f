from __future__ import annotations

import uuid

from django.db import models

from setwise.people.models.person import Person


class Link(models.Model):
    """That one person may do one thing without signing in. Its token is nowhere in the database.

    `about` is the id of the thing. `number` rises when a new link is sent: older ones then die.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=16)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    about = models.UUIDField(db_index=True)
    number = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    dies_at = models.DateTimeField(null=True, blank=True, db_index=True)  # null: when it is ended

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["purpose", "person", "about"], name="link_one_a_thing"),
        )

    def __str__(self) -> str:
        return f"link {self.id}"
