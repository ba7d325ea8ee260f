"""Links that say how one action goes: for its owner, each ending the last."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from setwise.actions.models import Action
from setwise.people import linking

PURPOSE = "action"
LIFE = timedelta(days=90)


def urls(actions: Collection[Action], *, at: datetime) -> dict[UUID, str]:
    """New links for the actions' owners, by the actions' ids; those sent before die."""
    tokens = linking.renew_all(
        PURPOSE, {(action.owner_id, action.id): at + LIFE for action in actions}, at=at
    )
    return {
        action_id: settings.SETWISE_ORIGIN + reverse("actions:update", args=[token])
        for (_, action_id), token in tokens.items()
    }
