"""A port or an address at which nobody can listen is named for what it is, in one line."""

from __future__ import annotations

import socket

import pytest

from setwise.project.cli import listening
from tests.project.cli.conftest import Answer, Setwise
from tests.serving import free_port

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("port", ["99999", "0", "-1", "http", "", "8000.5", "٨٠٠٠"])
def test_what_is_no_port_is_told(setwise: Setwise, port: str) -> None:
    said = f"A port is a number from 1 to 65535, and not {port!r}."
    assert setwise("run", f"--port={port}") == Answer(2, [], [said])


@pytest.mark.parametrize(
    "host", ["192.0.2.1", "no.such.host.invalid", "a..b", "2001:db8::1", "x" * 99]
)
def test_an_address_of_another_machine_is_not_called_a_taken_port(
    setwise: Setwise, host: str
) -> None:
    said = f"{host!r} is no address of this machine. Choose another with --host, or leave it out."
    assert setwise("run", "--host", host, "--port", str(free_port())) == Answer(2, [], [said])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0"])
def test_a_taken_port_is_called_taken(setwise: Setwise, host: str) -> None:
    with socket.socket() as other:
        other.bind((host, 0))
        other.listen()
        port = str(other.getsockname()[1])
        said = f"Port {port} is taken. Choose another with --port."
        assert setwise("run", "--host", host, "--port", port) == Answer(2, [], [said])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0"])
def test_a_free_port_is_no_trouble(host: str) -> None:
    assert listening.trouble(host, free_port()) == ""


@pytest.mark.parametrize("option", [("--played",), ("--case", "a.toml")])
def test_a_case_without_a_demo_is_not_passed_over(
    setwise: Setwise, option: tuple[str, ...]
) -> None:
    said = "--case and --played fill a demo: add --demo."
    assert setwise("run", *option, "--port", str(free_port())) == Answer(2, [], [said])
