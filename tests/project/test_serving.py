"""The server as people start it: its first minute, its refusals, its end."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Server, command, free_port

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An empty installation."""
    server = Server(tmp_path_factory.mktemp("empty"), options=()).start()
    yield server
    server.stop()


def test_empty_installation_prints_a_link_that_makes_the_first_person(empty: Server) -> None:
    assert f"{empty.url}/begin/" in empty.output
    path = empty.output.split(empty.url)[1].split()[0]
    assert empty.status(path) == 200
    assert empty.status("/demo/mail/") == 404


def test_data_folder_keeps_key_and_database_to_their_owner(empty: Server) -> None:
    key = empty.data / "setwise.key"
    assert key.stat().st_mode & 0o077 == 0
    assert (empty.data / "secret.key").stat().st_mode & 0o077 == 0
    assert b"setwise.key" not in (empty.data / "setwise.sqlite3").read_bytes()


def test_taken_port_gets_one_plain_line(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        answer = command(tmp_path, "run", "--port", port)
    assert answer.returncode == 2
    assert answer.stderr.splitlines() == [f"Port {port} is taken. Choose another with --port."]
    assert list(tmp_path.iterdir()) == []


def test_missing_case_gets_one_plain_line(tmp_path: Path) -> None:
    answer = command(
        tmp_path, "run", "--demo", "--case", str(tmp_path / "no.toml"), "--port", str(free_port())
    )
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


def test_wrong_setting_gets_one_plain_line(tmp_path: Path) -> None:
    answer = command(tmp_path, "check", SETWISE_OPEN_SIGNUP="perhaps")
    assert answer.returncode == 1
    assert answer.stderr.splitlines() == ["SETWISE_OPEN_SIGNUP is 'perhaps'; write yes or no."]


def test_check_tells_what_is_wrong_then_that_all_is_well(empty: Server, tmp_path: Path) -> None:
    bare = command(tmp_path, "check")
    assert bare.returncode == 1
    assert "Traceback" not in bare.stderr
    assert "migrations" in bare.stdout
    well = command(empty.data, "check")
    assert well.returncode == 0, well.stdout + well.stderr
    assert "All is well." in well.stdout


def test_check_names_a_missing_key(served_alone: Server) -> None:
    assert served_alone.stop() == 0
    (served_alone.data / "setwise.key").unlink()
    answer = command(served_alone.data, "check", SETWISE_DEMO="yes")
    assert answer.returncode == 1
    assert "The key file is missing" in answer.stdout
    again = command(served_alone.data, "run", "--demo", "--port", str(free_port()))
    assert again.returncode == 1
    assert again.stderr.startswith("The key file is missing")


def test_demo_refuses_a_data_folder_of_real_people(tmp_path: Path) -> None:
    server = Server(tmp_path, options=()).start()
    server.ask(
        "from setwise.people.models import Person;"
        "from setwise.vault.keys import make_key;"
        "Person.objects.create(email='ruth@ward.example', key=make_key())"
    )
    server.stop()
    answer = command(tmp_path, "run", "--demo", "--port", str(free_port()))
    assert answer.returncode == 1
    assert answer.stderr.splitlines() == [
        "This data folder holds real people: give the demo another with --data."
    ]
    assert "/enter/" not in answer.stdout


def test_signin_link_is_refused_for_a_stranger(empty: Server) -> None:
    answer = command(empty.data, "signin-link", "nobody@setwise.example")
    assert answer.returncode == 1
    assert answer.stderr.splitlines() == ["Nobody here has the address nobody@setwise.example."]


def test_signin_link_signs_one_person_in_once(served: Server) -> None:
    email = served.ask(
        "from setwise.people.models import Person; print(Person.objects.first().email)"
    ).strip()
    answer = command(served.data, "signin-link", email)  # it knows where the server is
    assert answer.returncode == 0
    assert answer.stdout.startswith(f"{served.url}/enter/")
    path = answer.stdout.strip().removeprefix(served.url)
    assert path.startswith("/enter/")
    assert served.status(path) in (200, 302)


def test_second_start_keeps_its_people(tmp_path: Path) -> None:
    server = Server(tmp_path).start()
    people = set(server.links)
    assert len(people) == 7 and server.stop() == 0
    again = Server(tmp_path).start()
    assert set(again.links) == people
    assert again.stop() == 0
