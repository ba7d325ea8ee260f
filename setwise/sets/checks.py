"""What is wrong with the guides that whoever runs this server keeps in a folder."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register  # noqa: A004 - Django's name

from setwise.coaching import guides


@register("setwise")
def guides_left_out(**_: Any) -> list[CheckMessage]:
    _, left_out = guides.added(settings.SETWISE_GUIDES)
    return [
        Warning(
            f"{name} in the folder SETWISE_GUIDES is not shown as a guide.",
            "Begin with a title and keep it short, as UTF-8. Name it in small letters, figures and "
            "hyphens, and not as one of the guides that there are.",
            id="setwise.W014",
        )
        for name in left_out
    ]
