"""Whether enough of a set will be there: counted from replies, never held against anybody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from setwise.meetings.models import Meeting, Reply
from setwise.sets.models import GroundRules, Membership


@dataclass(frozen=True, slots=True)
class Quorum:
    needed: int
    coming: int
    apologies: int
    unanswered: int
    moves: bool = False  # whether the rules say that a meeting below quorum is moved

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
    return among([meeting])[meeting.id]


def among(meetings: Collection[Meeting]) -> dict[UUID, Quorum]:
    """The same for several meetings, by their ids, in as many queries as for one."""
    sets = {meeting.learning_set_id for meeting in meetings}
    members: dict[UUID, set[UUID]] = {set_id: set() for set_id in sets}
    seats = Membership.objects.seated().filter(learning_set__in=sets, is_member=True)
    for set_id, person in seats.values_list("learning_set_id", "person_id"):
        members[set_id].add(person)
    in_force = GroundRules.objects.filter(learning_set__in=sets, state="in force")
    rules = {row.learning_set_id: row for row in in_force}
    answers: dict[UUID, dict[UUID, str]] = {meeting.id: {} for meeting in meetings}
    replies = Reply.objects.filter(meeting__in=answers)
    for meeting_id, person, answer in replies.values_list("meeting_id", "person_id", "answer"):
        answers[meeting_id][person] = answer
    return {
        meeting.id: _counted(
            members[meeting.learning_set_id],
            answers[meeting.id],
            rules.get(meeting.learning_set_id) or GroundRules(),
        )
        for meeting in meetings
    }


def _counted(members: set[UUID], answers: dict[UUID, str], rules: GroundRules) -> Quorum:
    given = [answer for person, answer in answers.items() if person in members]
    coming = given.count("yes")
    return Quorum(
        needed=min(rules.quorum, len(members)),
        coming=coming,
        apologies=len(given) - coming,
        unanswered=len(members) - len(given),
        moves=rules.moves_below_quorum,
    )
