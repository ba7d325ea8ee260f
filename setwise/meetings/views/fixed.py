from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from setwise.meetings.models import Meeting
from setwise.meetings.rhythm_words import number


def fixed(
    request: HttpRequest, meetings: Sequence[Meeting], *, agreed: bool = False
) -> HttpResponse:
    """Say that these are fixed, and lead to the meeting; of several to the set's home, with them all.

    `agreed`: everyone has said yes, and nobody pressed.
    """
    one = len(meetings) == 1
    what = "the meeting is fixed" if one else f"{number(len(meetings))} meetings are fixed"
    told = f"{what[0].upper()}{what[1:]}. Everyone is told by e-mail."
    messages.success(request, f"Everyone has said yes, so {what}." if agreed else told)
    if one:
        return redirect("meetings:meeting", meetings[0].id)
    return redirect("today:set", meetings[0].learning_set_id)
