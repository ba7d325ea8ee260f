from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setwise.coaching.practising import LONGEST, SILENT, remark, situations

pytestmark = pytest.mark.pure


def test_there_are_eight_and_none_of_the_shown_questions_would_be_nudged() -> None:
    assert [each.number for each in situations()] == list(range(1, 9))
    for each in situations():
        assert len(each.questions) == 2
        for question in each.questions:
            assert question.endswith("?") and len(question) < LONGEST
            assert remark(question, each).key in ("open", "closed", ""), question
            assert not remark(question, each).turns


def test_the_first_thought_reads_as_advice_where_it_is_plain_advice() -> None:
    plain = [remark(each.thought, each) for each in situations()]
    advice = [each for each in plain if each.key == "advice"]
    assert len(advice) >= 4 and all(each.because and each.turns for each in advice)


def test_a_closed_question_is_right_while_clarifying() -> None:
    question = "Is it the head who changes it afterwards?"
    third = next(each for each in situations() if each.clarifying)
    first = remark(question, situations()[0])
    assert first.says != remark(question, third).says and first.turns
    assert not remark(question, third).turns


def test_another_language_gets_silence() -> None:
    assert remark("ماذا تريد أن يحدث بعد ذلك؟", situations()[0]).says == SILENT


@given(st.text(max_size=600))
def test_any_text_gets_a_remark(text: str) -> None:
    found = remark(text, situations()[0])
    assert found.says and all(each in text for each in found.because)
