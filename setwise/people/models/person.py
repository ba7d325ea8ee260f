from __future__ import annotations

import uuid
import zoneinfo
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from setwise.ui import zones
from setwise.vault import keys


def validate_zone(name: str) -> None:
    """Refuse a name that is no time zone; the names are those of the IANA database."""
    if name not in zones.names():
        raise ValidationError("Choose a time zone from the list.", code="zone")


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, name: str = "", **more: Any) -> Person:
        """Save a person with a data key of their own; signing in is by code, so no password is set."""
        person = self.model(email=email.strip().lower(), name=name, key=keys.make_key(), **more)
        person.set_unusable_password()
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, **more: Any) -> Person:
        """An operator: operates the server, reads nothing of what a set says."""
        more.pop("password", None)
        return self.create_user(email, is_staff=True, **more)

    def with_email(self, email: str) -> Person | None:
        return self.filter(email=email.strip().lower()).first()


class Person(AbstractBaseUser):
    """Somebody with an account. What they say in confidence is sealed under `key`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField("name", max_length=200)
    role = models.CharField("role", max_length=200, blank=True)
    zone = models.CharField(
        "time zone", max_length=64, default="Europe/London", validators=[validate_zone]
    )
    language = models.CharField(
        "language", max_length=16, default="en-gb", choices=settings.LANGUAGES
    )
    strengths = models.JSONField("strengths", default=list, blank=True)
    growing = models.JSONField("what I want to grow", default=list, blank=True)
    shows_strengths = models.BooleanField("show these to my sets", default=False)
    coached = models.BooleanField("hints of the question coach", default=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField("operator", default=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    # the address from which letters came back; another than theirs now says nothing any more
    returned_address = models.EmailField(blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_for_good = models.BooleanField(default=False)  # there is no such mailbox
    key = models.ForeignKey("vault.Key", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="person_email_is_lower_case"
            ),
        )

    @property
    def tzinfo(self) -> zoneinfo.ZoneInfo:
        """The person's zone; UTC where this machine's time zones know its name no more."""
        return zones.zone(self.zone)

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def first_name(self) -> str:
        """What others in the set call out; the whole name where there is only one word."""
        return self.name.split(" ", 1)[0] if self.name else self.email.split("@", 1)[0]

    @property
    def mail_comes_back(self) -> bool:
        """A letter to the address they have now came back, and they have not said that it is right."""
        return bool(self.email) and self.returned_address == self.email

    @property
    def has_no_mailbox(self) -> bool:
        """Their address does not exist, as its server says: reminders wait, signing in does not."""
        return self.mail_comes_back and self.returned_for_good

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()
