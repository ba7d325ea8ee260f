"""What becomes of each kind of row when a set is erased: a new kind or a new name is decided on."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Field, Model

from setwise.people.models import Person
from setwise.sets.models import LearningSet
from tests.cast import Cast
from tests.privacy.test_erasing import held, over

__all__ = ["held"]
pytestmark = pytest.mark.django_db(transaction=True)

FATES = {
    "erased": {
        *(
            "actions.PreparedAction",
            "actions.Preparation",
            "actions.Shown",
            "meetings.Reply",
            "meetings.KeptRhythm",
        ),
        *("meetings.Poll", "meetings.PollDate", "meetings.PollPlace", "meetings.PollAnswer"),
        *("meetings.PollComment", "room.ProcessNote", "sets.GuideOffer", "sets.Variant"),
        "sets.OwnGuide",
        "meetings.CalendarEntry",
        *("room.Attended", "room.Bid", "room.Draft", "room.Presence", "room.Review"),
        *("sets.Graduation", "sets.GraduationAnswer", "sets.InvitationLetter"),
        *("sets.Assent", "sets.Clause", "sets.GroundRules", "sets.Handover", "sets.Invitation"),
    },
    "its person’s own": {
        *("actions.Action", "actions.Progress", "room.CheckOut", "room.Round"),
        *("room.RoundAction", "room.Problem", "room.Question", "room.Option"),
    },
    "kept by the set": {
        *("meetings.Meeting", "room.CheckIn", "room.Room", "sets.LearningSet", "sets.Membership"),
    },
    "erased by its own age": {"room.Deed", "outbox.Letter", "people.Link", "mailin.Arrival"},
    "of no set": {
        "meetings.CalendarFeed",
        "outbox.Pace",
        "outbox.PostKey",
        "people.Person",
        "people.ReminderChoice",
        "people.SigninLink",
        "vault.Key",
    },
}
NAMED = {  # who is still named, as whose own it is or as having been there
    *("actions.Action.owner", "room.CheckIn.person", "room.CheckOut.person"),
    *("room.Round.presenter", "sets.Membership.person"),
}


SHARED = {"room.Round.shared_with"}  # theirs as much as the presenter's; the case shares none


def ours() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("setwise.")]


def test_every_kind_of_row_has_its_fate() -> None:
    """Decide for a new one here, and see to it in its app's personal_data.py."""
    decided = [label for labels in FATES.values() for label in labels]
    assert sorted(decided) == sorted(model._meta.label for model in ours())


def test_what_is_to_be_erased_is(held: Cast) -> None:
    others = LearningSet.objects.exclude(pk=held.learning_set.pk)
    others.get().delete()
    there = {model for model in ours() if model._default_manager.exists()}
    over(held)
    left = {model for model in there if model._default_manager.exists()}
    gone = {model._meta.label for model in there - left}
    assert len(gone) > 8
    assert gone == {model._meta.label for model in there} & FATES["erased"]


def test_nobody_else_is_named_in_any_column(held: Cast) -> None:
    others = LearningSet.objects.exclude(pk=held.learning_set.pk)
    others.get().delete()
    over(held)
    columns = [
        (model, field.name)
        for model in ours()
        for field in model._meta.get_fields()
        if isinstance(field, Field) and field.related_model is Person
    ]
    assert len(columns) > 20
    named = {
        f"{model._meta.label}.{name}"
        for model, name in columns
        if model._meta.app_label != "people"
        and model._default_manager.exclude(**{name: None}).exists()
    }
    assert NAMED <= named <= NAMED | SHARED
