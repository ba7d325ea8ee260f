from __future__ import annotations

from setwise.room.models import Room
from setwise.room.snapshot import NotYet, RulesNow
from setwise.sets.agreeing import being_agreed, rules_in_force
from setwise.sets.objecting import open_objections


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


def objections_of(room: Room) -> tuple[NotYet, ...]:
    """What keeps somebody from living with the rules: heard at check-in, and with the rules."""
    if room.course.stop.kind not in ("check-in", "rules"):
        return ()
    return tuple(
        NotYet(each.person.name, each.words, each.version, each.at)
        for each in open_objections(room.meeting.learning_set)
    )
