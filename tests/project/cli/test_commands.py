"""What the operator's command knows, and what it says to one it does not know."""

from __future__ import annotations

import re

import pytest

from tests.project.cli.conftest import Setwise

pytestmark = pytest.mark.pure


def test_help_tells_of_each_command_in_a_line(setwise: Setwise) -> None:
    answer = setwise("--help")
    assert answer.status == 0
    assert re.findall(r"^    (\S+)", "\n".join(answer.out), re.MULTILINE) == [
        *("run", "worker", "signin-link", "mail", "protocol", "check")
    ]
    assert answer.out[-1] == "manage …: Django's own."


@pytest.mark.parametrize("arguments", [(), ("start",), ("mail",), ("signin-link",), ("run", "now")])
def test_a_command_that_is_none_is_refused_with_what_there_is(
    setwise: Setwise, arguments: tuple[str, ...]
) -> None:
    answer = setwise(*arguments)
    assert answer.status == 2
    assert answer.error[0].startswith("usage: setwise")
    assert answer.out == []


def test_djangos_own_commands_are_behind_manage(setwise: Setwise) -> None:
    answer = setwise("manage", "keys", "--help")
    assert (answer.status, answer.out[0].startswith("usage: setwise manage keys")) == (0, True)
