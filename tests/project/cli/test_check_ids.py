"""`check` names each wrong setting in plain words, with the remedy and an id of our own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from setwise.project import checks
from tests.project.cli.conftest import Answer, Setwise
from tests.serving import ROOT

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.once]
PUBLIC = "https://sets.example.org"
SMTP = "smtps://setwise:secret@mail.example.org"
OTHERS = ("project/health.py", "mailin/checks.py", "sets/checks.py")
FROM = "Setwise <sets@example.org>"


@pytest.fixture(autouse=True)
def well(settings: Any) -> Any:
    """A server that others reach, with nothing wrong."""
    settings.SETWISE_ORIGIN, settings.SETWISE_SMTP_URL = PUBLIC, SMTP
    settings.SETWISE_MAIL_FROM, settings.SETWISE_DEMO, settings.DEBUG = FROM, False, False
    return settings


def test_a_server_for_others_is_well(setwise: Setwise) -> None:
    assert setwise("check") == Answer(0, ["All is well."], [])


@pytest.mark.parametrize(
    ("changed", "id_", "words"),
    [
        *(
            ({"SETWISE_ORIGIN": origin}, "E001", "which no browser can open. Write the address")
            for origin in (
                *("foo", "sets.example.org", "ftp://sets.example.org", "https://", ""),
                *("https://sets.example.org/setwise", "https://me@sets.example.org", "http://[::1"),
                *("http://localhost:http", "//sets.example.org", "https://sets.example.org?a"),
            )
        ),
        ({"SETWISE_ORIGIN": "http://sets.example.org"}, "E002", "travels in clear. Put"),
        ({"SETWISE_ORIGIN": "http://192.168.0.7:8000"}, "E002", "travels in clear. Put"),
        ({"DEBUG": True}, "E003", "Leave SETWISE_DEBUG out."),
        ({"SETWISE_DEMO": True}, "E004", "whoever has a demo link is that person. Leave"),
        *(
            ({"SETWISE_SMTP_URL": url}, "E005", "SETWISE_SMTP_URL")
            for url in ("nonsense", "http://mail.example.org", "smtp://", "smtp://host:notaport")
        ),
        *(
            ({"SETWISE_MAIL_FROM": given}, "E006", "no address that e-mail could come from. Write")
            for given in (
                "",
                "Setwise",
                "sets@",
                "a@b@c",
                "Sets <sets@example.org>\nBcc: x@y.example",
            )
        ),
        *(
            (
                {"SETWISE_REPLY_ADDRESS": given, "SETWISE_LMTP": ("127.0.0.1", 8024)},
                "E014",
                "no answer could be sent to. Write",
            )
            for given in ("replies", "replies+x@example.org", f"{'r' * 19}@example.org")
        ),
        ({"SETWISE_MAIL_KEEP_DAYS": 0}, "E013", "Write for how many days letters stay"),
        ({"SETWISE_TRUSTED_PROXIES": -1}, "E007", "Write how many reverse proxies"),
        ({"SETWISE_DATA": Path("/proc")}, "E009", "cannot be written: "),
    ],
)
def test_what_is_wrong_is_told_with_the_remedy(
    setwise: Setwise, well: Any, changed: dict[str, Any], id_: str, words: str
) -> None:
    for name, value in changed.items():
        setattr(well, name, value)
    answer = setwise("check")
    (line,) = answer.out
    assert (answer.status, answer.error) == (1, [])
    assert line.endswith(f"(setwise.{id_})") and words in line
    assert "secret" not in line


@pytest.mark.parametrize(
    ("changed", "id_", "words"),
    [
        ({"SETWISE_SMTP_URL": ""}, "W002", "nobody gets the code to sign in with. Set"),
        ({"SETWISE_SMTP_URL": "smtp://mail.example.org"}, "W003", "travel in clear. Write smtps"),
        ({"SETWISE_MAIL_FROM": "Setwise <setwise@localhost>"}, "W004", "Set SETWISE_MAIL_FROM"),
        ({"SETWISE_REPLY_ADDRESS": "a@b.example"}, "W010", "nothing takes these in. Set"),
        ({"SETWISE_ORIGIN": "http://localhost:8000", "DEBUG": True}, "W001", "Leave it out"),
    ],
)
def test_a_warning_alone_is_no_failure(
    setwise: Setwise, well: Any, changed: dict[str, Any], id_: str, words: str
) -> None:
    for name, value in changed.items():
        setattr(well, name, value)
    line, last = setwise("check").out
    assert line.endswith(f"(setwise.{id_})") and words in line
    assert (last, setwise("check").status) == ("All else is well.", 0)


def test_a_guide_that_cannot_be_shown_is_named(setwise: Setwise, well: Any, tmp_path: Path) -> None:
    (tmp_path / "Our Room.md").write_text("# Our room")
    well.SETWISE_GUIDES = tmp_path
    line, last = setwise("check").out
    assert line.startswith("Our Room.md in") and line.endswith("(setwise.W014)")
    assert last == "All else is well."


@pytest.mark.parametrize("origin", ["http://localhost:8400", "http://127.0.0.1", "http://[::1]:80"])
def test_whoever_tries_it_on_their_own_machine_is_not_warned(
    setwise: Setwise, well: Any, origin: str
) -> None:
    well.SETWISE_ORIGIN, well.SETWISE_SMTP_URL, well.SETWISE_DEMO = origin, "", True
    well.SETWISE_MAIL_FROM = "Setwise <setwise@localhost>"
    assert setwise("check").out == ["All is well."]


@pytest.mark.parametrize("name", ["setwise.key", "secret.key"])
def test_a_key_that_others_can_read_is_told_with_the_command_that_helps(
    setwise: Setwise, data: Path, name: str
) -> None:
    (data / name).touch()
    (data / name).chmod(0o640)
    answer = setwise("check")
    (line,) = answer.out
    assert (answer.status, line.endswith(f"chmod 600 {data / name} (setwise.E008)")) == (1, True)


def test_each_id_is_told_of_in_the_documents() -> None:
    sources = [Path(checks.__file__), *(ROOT / "setwise" / name for name in OTHERS)]
    used = set(re.findall(r'"(setwise\.[EW]\d+)"', "".join(path.read_text() for path in sources)))
    told = re.findall(r"^\| `(setwise\.[EW]\d+)`", (ROOT / "docs/settings.md").read_text(), re.M)
    assert len(used) >= 18
    assert sorted(used) == sorted(told)
