from __future__ import annotations

import pytest

from setwise.coaching.hinting import Setting, hint
from setwise.coaching.kinds import kinds

pytestmark = pytest.mark.pure
ADVICE = "Have you thought about asking the chair to do it?"
FACT = "Did she tell the landlord about the letter?"


def test_advice_is_shown_with_the_words_it_went_by_and_ways_to_begin_a_question() -> None:
    found = hint(ADVICE, Setting())
    assert found is not None
    assert found.key == "advice"
    assert found.says == "This may land as advice. What question sits behind it?"
    assert found.because
    assert all(words in ADVICE for words in found.because)
    stems = {stem for kind in kinds().values() for stem in kind.stems}
    assert 1 <= len(found.turns) <= 2
    assert set(found.turns) <= stems


def test_advice_is_welcome_where_the_protocol_permits_it() -> None:
    assert hint(ADVICE, Setting(advice_permitted=True)) is None


def test_a_closed_question_is_right_while_clarifying() -> None:
    found = hint(FACT, Setting())
    assert found is not None
    assert found.key == "closed"
    assert hint(FACT, Setting(clarifying=True)) is None


def test_two_questions_at_once_are_told_to_whoever_asks_them() -> None:
    found = hint("What did you expect from the day, and what did you actually get?", Setting())
    assert found is not None
    assert (found.key, len(found.turns)) == ("multiple", 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "why not ask",  # too short to tell
        "What would you like to be different by the spring?",
        "That sounds really hard, I feel for you.",
        "Why don't you want to have the conversation?",
        "Why didn't you trust the other trustees to do it?",
        "Have you thought about asking the chair? Genuine question, I don't know.",
    ],
)
def test_it_is_silent_when_there_is_nothing_to_say(text: str) -> None:
    assert hint(text, Setting()) is None


@pytest.mark.parametrize(
    "text",
    [
        "هل فكرت في أن تطلب من الرئيس أن يفعل ذلك؟",
        "Czy myślałeś o tym, żeby poprosić szefa?",
        "Hast du schon daran gedacht, den Chef zu fragen?",
        "Avez-vous pensé à demander au directeur de le faire ?",
        "¿Has pensado en pedirle al jefe que lo haga?",
        "Patrona sormayı düşündün mü, belki o yapar?",
        "Have you thought about المدير asking him to do it?",
        "Have you thought about, wie sagt man, den Chef zu fragen mit der Frau?",
    ],
)
def test_it_is_silent_in_a_language_it_does_not_know_and_in_a_mixture(text: str) -> None:
    assert hint(ADVICE, Setting()) is not None
    assert hint(text, Setting()) is None


def test_a_judgement_is_not_called_advice() -> None:
    found = hint("Aren't you making excuses for the landlord, when he could simply pay?", Setting())
    assert found is None or found.key != "advice"
