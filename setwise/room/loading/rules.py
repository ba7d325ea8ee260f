from __future__ import annotations

from setwise.room.models import Room
from setwise.room.snapshot import RulesNow
from setwise.sets.agreeing import being_agreed, rules_in_force


def rules_of(room: Room) -> RulesNow | None:
    """The ground rules on the table while a meeting agrees some, else None."""
    if room.course.stop.kind != "rules":
        return None
    learning_set = room.meeting.learning_set
    rules = being_agreed(learning_set) or rules_in_force(learning_set)
    if rules is None:
        return None
    answers = dict(rules.assents.values_list("person_id", "answer"))
    return RulesNow(
        number=rules.number,
        state=rules.state,
        clauses=tuple((c.get_subject_display(), c.text) for c in rules.clauses.all()),
        yes=tuple(person for person, answer in answers.items() if answer == "yes"),
        no=tuple(person for person, answer in answers.items() if answer == "no"),
    )
