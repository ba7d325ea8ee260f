"""What a big screen's stream is sent."""

from __future__ import annotations

from django.utils import translation

from setwise.room import regions
from setwise.room.screen import Screen
from setwise.room.snapshot import Snapshot
from setwise.room.stream.viewer import Message, Viewer


def show_screen(viewer: Viewer, snapshot: Snapshot, rendered: regions.Rendered) -> None:
    """Send the clock's side of a room, and never a word; closed where the seat is gone."""
    if snapshot.person(viewer.person) is None:
        viewer.close()
        return
    shown = Screen.of(snapshot)
    mark = {"screen": (shown.course, shown.recording, shown.presenter, shown.chair, shown.silent)}
    if viewer.sent == mark:
        return
    with translation.override(viewer.language):
        html = rendered.html("screen", shown.given(), viewer.language)
    viewer.sent = mark
    viewer.offer(
        Message(
            {
                "version": snapshot.version,
                "regions": {"screen": html},
                "announce": regions.announcement(snapshot),
            }
        )
    )
