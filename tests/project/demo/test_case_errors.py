"""A file that is no case is told in one line with its place, and nothing of it is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from setwise.people.models import Person
from setwise.project.demo.case import CaseError, read
from setwise.project.demo.load import load
from setwise.project.demo.shape import question_stages
from setwise.protocols import shipped
from setwise.vault.models import Key
from tests.project.demo.cases import LEAST, ROUND, RULES, case_file

pytestmark = [pytest.mark.long, pytest.mark.once]

TWO_LEAD = LEAST.replace('key = "mina"', 'key = "mina"\nseat = "facilitator"').replace(
    'key = "pia"', 'key = "pia"\nseat = "facilitator"'
)
ASKING = question_stages()
QUESTION = '[[rounds]]\npresenter = "pia"\n[[rounds.questions]]\n'


def said(folder: Path, *parts: str) -> str:
    """The one line of a file that is no case, without its name."""
    path = case_file(folder, *parts)
    with pytest.raises(CaseError) as raised:
        read(path)
    line = str(raised.value)
    assert len(line.splitlines()) == 1
    assert line.startswith(f"{path}, ") and line.endswith(".")
    return line.removeprefix(f"{path}, ")


@pytest.mark.pure
@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('email = "otto@setwise.example"', "", "[[people]] 2: email is missing."),
        (
            "otto@",
            "otto",
            "[[people]] 2: email is 'ottosetwise.example', which is no e-mail address.",
        ),
        ("otto@", "MINA@", "[[people]] 1: email 'mina@setwise.example' is somebody else's too."),
        ('key = "otto"', 'key = "mina"', "[[people]] 1: key 'mina' is somebody else's too."),
        ('key = "otto"', "key = 2", "[[people]] 2: key is 2 and not text."),
        ('key = "otto"', 'key = " "', "[[people]] 2: key is empty."),
        (
            'name = "Otto"',
            'name = "O\\u0000o"',
            "[[people]] 2: name holds a character that nobody can read (\\u0000).",
        ),
        ('name = "Friday set"', "", "[set]: name is missing."),
        ('name = "Friday set"', "name = 5", "[set]: name is 5 and not text."),
        ("[set]", "[[set]]", "[set] is not a table."),
        (
            "Asia/Kathmandu",
            "Asia/Nowhere",
            "[meeting]: zone is 'Asia/Nowhere', which is no time zone.",
        ),
        ('zone = "Asia/Kathmandu"', "", "[meeting]: zone is missing."),
    ],
)
def test_what_a_case_cannot_do_without_is_named(
    tmp_path: Path, old: str, new: str, line: str
) -> None:
    assert old in LEAST
    assert said(tmp_path, LEAST.replace(old, new, 1)) == line


@pytest.mark.pure
@pytest.mark.parametrize(
    ("more", "line"),
    [
        (
            'local_start = "2027-02-30T14:00"',
            "[meeting]: local_start is '2027-02-30T14:00', "
            "which is no date and time such as 2027-02-09T14:00.",
        ),
        (
            'link = "javascript:alert(1)"',
            "[meeting]: link is 'javascript:alert(1)', which is no web address.",
        ),
        ('present = ["zoe"]', "[meeting]: present is 'zoe', who is not among [[people]]."),
        ('present = "mina"', "[meeting]: present is 'mina' and not a list."),
        ('present = ["mina", "mina"]', "[meeting]: present has 'mina' twice."),
        (
            'present = ["mina"]\napologies = ["mina"]',
            "[meeting]: 'mina' is present and sends apologies.",
        ),
        ('[rules]\nquorum = "4"', "[rules]: quorum is '4' and not a whole number."),
        (
            "[rules]\nissues_per_meeting = 3",
            "[rules]: issues_per_meeting is 3: Value 3 is not a valid choice.",
        ),
        (
            '[rules]\nprotocol = "clasic"',
            f"[rules]: protocol is 'clasic' and not one of {', '.join(map(repr, shipped.KEYS))}.",
        ),
        (
            '[[ground_rules]]\nsubject = "tea"\ntext = "x"',
            "[[ground_rules]] 1: subject is 'tea' and not one of "
            "'time', 'confidentiality', 'attendance', 'notes', 'other'.",
        ),
        (
            '[[last_actions]]\nwho = "zoe"\ntext = "x"',
            "[[last_actions]] 1: who is 'zoe', who is not among [[people]].",
        ),
        (
            '[[last_actions]]\nwho = "pia"\ntext = "x"\ndue_days = 99999',
            "[[last_actions]] 1: due_days is 99999, not between -3650 and 3650.",
        ),
        ('[[bids]]\nwho = "Pia"', "[[bids]] 1: who is 'Pia', who is not among [[people]]."),
        (
            '[[rounds]]\npresenter = "zoe"',
            "[[rounds]] 1: presenter is 'zoe', who is not among [[people]].",
        ),
        (
            '[[rounds]]\npresenter = "pia"\nstatement = ["x"]',
            "[[rounds]] 1: statement is ['x'] and not text.",
        ),
        (
            QUESTION + 'who = "pia"\nstage = "decide"\ntext = "x"',
            f"[[rounds]] 1, questions 1: stage is 'decide' and not one of "
            f"{', '.join(map(repr, ASKING))}.",
        ),
        (
            '[[rounds]]\npresenter = "pia"\nquestions = 3',
            "[[rounds]] 1, questions is not a list of tables.",
        ),
        (
            '[[rounds]]\npresenter = "pia"\nactions = [{text = "x", ally = "zoe"}]',
            "[[rounds]] 1, actions 1: ally is 'zoe', who is not among [[people]].",
        ),
        (
            '[[rounds]]\npresenter = "pia"\nactions = [{text = "x", ally = "pia"}]',
            "[[rounds]] 1, actions: ally 'pia' is the presenter.",
        ),
        (
            'present = ["otto"]\n[[rounds]]\npresenter = "pia"',
            "[[rounds]] 1: presenter 'pia' is not there, as [meeting] says.",
        ),
        (
            '[[rounds]]\npresenter = "pia"\n' * 3,
            "[[rounds]]: a meeting has two rounds at most, and here are 3.",
        ),
        ('[[check_out]]\nlearning = "x"', "[[check_out]] 1: who is missing."),
        ("rounds = 4", "[meeting]"),
    ],
)
def test_what_is_wrong_further_on_is_named_with_its_place(
    tmp_path: Path, more: str, line: str
) -> None:
    if line == "[meeting]":  # a key that nothing reads is left alone
        assert read(case_file(tmp_path, LEAST, more))
    else:
        assert said(tmp_path, LEAST, more) == line


@pytest.mark.pure
def test_nobody_at_all_and_two_who_lead_are_no_set(tmp_path: Path) -> None:
    nobody = '[set]\nname = "x"\n[meeting]\nzone = "UTC"\n'
    assert said(tmp_path, f"people = []\n{nobody}") == "[[people]]: there is nobody."
    assert said(tmp_path, TWO_LEAD) == "[[people]]: a set has one facilitator, and here are more."
    leads = LEAST.replace('key = "pia"', 'key = "pia"\nseat = "facilitator"')
    assert said(tmp_path, leads, '[[rounds]]\npresenter = "pia"').startswith(
        "[[rounds]] 1: presenter 'pia' is the facilitator"
    )


@pytest.mark.pure
def test_a_long_value_is_cut_short(tmp_path: Path) -> None:
    line = said(tmp_path, LEAST, f'local_start = "{"9" * 500}"')
    assert len(line) < 200


@pytest.mark.django_db
def test_nothing_is_half_loaded(tmp_path: Path) -> None:
    keys = Key.objects.count()
    for played in (False, True):
        with pytest.raises(CaseError):
            load(case_file(tmp_path, LEAST, RULES, ROUND, 'who = "zoe"\n[[bids]]'), played=played)
    assert (Person.objects.count(), Key.objects.count()) == (0, keys)
