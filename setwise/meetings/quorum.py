"""Whether enough of a set will be there: counted from replies, never held against anybody."""

from __future__ import annotations

from dataclasses import dataclass

from setwise.meetings.models import Meeting, Reply
from setwise.sets.agreeing import current_settings
from setwise.sets.models import Membership


@dataclass(frozen=True, slots=True)
class Quorum:
    needed: int
    coming: int
    apologies: int
    unanswered: int

    @property
    def members(self) -> int:
        return self.coming + self.apologies + self.unanswered

    @property
    def met(self) -> bool:
        return self.coming >= self.needed

    @property
    def lost(self) -> bool:
        """Too many have sent apologies: nobody's yes that is still to come can make it up."""
        return self.coming + self.unanswered < self.needed


def of(meeting: Meeting) -> Quorum:
    """Count members' replies against the quorum of the rules in force (or of the floor)."""
    members = set(
        Membership.objects.seated()
        .filter(learning_set=meeting.learning_set_id, is_member=True)
        .values_list("person_id", flat=True)
    )
    answers = dict(
        Reply.objects.filter(meeting=meeting, person__in=members).values_list("person", "answer")
    )
    coming = sum(answer == "yes" for answer in answers.values())
    return Quorum(
        needed=min(current_settings(meeting.learning_set).quorum, len(members)),
        coming=coming,
        apologies=len(answers) - coming,
        unanswered=len(members) - len(answers),
    )
