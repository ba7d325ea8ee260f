"""Who may open the practice room: whoever comes, or whoever has an account (`SETWISE_PRACTICE`)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def may_practise(request: HttpRequest) -> bool:
    return bool(settings.SETWISE_PRACTICE == "open" or request.user.is_authenticated)
