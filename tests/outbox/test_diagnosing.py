"""Each way in which a mail server fails, from a real one that fails so, told by its own name."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest

from setwise.outbox import delivering, trial
from setwise.outbox.delivering import Delivery
from setwise.outbox.troubles import KINDS
from tests.outbox import certificates, mail_servers
from tests.outbox.mail_servers import Answering, saying, serving
from tests.serving import free_port

pytestmark = [
    pytest.mark.once,
    pytest.mark.pure,
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),
]
READER = "amara@setwise.example"
Told = tuple[str, str]
Server = AbstractContextManager[int]


def refuse(**answers: str) -> Server:
    return serving(Answering(**answers))


def wants(password: bool = True, **more: Any) -> Server:
    return serving(Answering(), authenticator=mail_servers.knows, auth_required=password, **more)


@pytest.fixture
def send(settings: Any) -> Callable[[str], Delivery]:
    def to(url: str) -> Delivery:
        settings.SETWISE_SMTP_URL = url
        return trial.send(READER)

    return to


Send = Callable[[str], Delivery]
PLAIN = "smtp://localhost:{}"


@pytest.mark.parametrize(
    ("server", "url", "trouble", "answer"),
    [
        (refuse(rcpt="550 5.1.1 gone"), PLAIN, "recipient", "550 5.1.1 gone"),
        (refuse(rcpt="554 5.7.1 Relay access denied"), PLAIN, "relay", None),
        (refuse(rcpt="450 4.2.0 Greylisted"), PLAIN, "greylisted", "450 4.2.0 Greylisted"),
        (refuse(rcpt="451 4.7.1 Come again"), PLAIN, "greylisted", None),
        (refuse(rcpt="452 4.2.2 Mailbox full"), PLAIN, "later", None),
        (refuse(mail="553 5.7.1 Not your address"), PLAIN, "sender", "553 5.7.1 Not your address"),
        (refuse(mail="530 Authentication required"), PLAIN, "no-password", None),
        (refuse(mail="530 5.7.0 Must issue STARTTLS first"), PLAIN, "wants-tls", None),
        (refuse(data="554 5.7.1 no DKIM"), PLAIN, "letter", "554 5.7.1 no DKIM"),
        (refuse(data="421 4.3.2 closing"), PLAIN, "later", "421 4.3.2 closing"),
        (wants(auth_require_tls=False), "smtp://setwise:no@localhost:{}", "password", None),
        (wants(auth_require_tls=False), PLAIN, "no-password", None),
        (wants(), "smtp://setwise:p%40ss@localhost:{}", "takes-no-password", None),
        (refuse(), "smtp+starttls://localhost:{}", "no-starttls", None),
        (refuse(), "smtps://localhost:{}", "no-tls", None),
        (saying(b"554 5.7.1 blocked\r\n"), PLAIN, "greeting", "554 5.7.1 blocked"),
        (saying(b"421 busy\r\n"), PLAIN, "busy", "421 busy"),
        (saying(), PLAIN, "hung-up", "No answer: SMTPServerDisconnected"),
        (saying(then=5), PLAIN, "timed-out", None),
        (saying(b"220 hello\r\n", b"250 hm\r\n", then=5), PLAIN, "timed-out", None),
    ],
)
def test_a_server_is_told_by_what_it_does(
    send: Send,
    monkeypatch: pytest.MonkeyPatch,
    server: Server,
    url: str,
    trouble: str,
    answer: str | None,
) -> None:
    monkeypatch.setattr(delivering, "STEP", 0.5)
    with server as port:
        delivery = send(url.format(port))
    assert (delivery.trouble, delivery.accepted) == (KINDS[trouble], False)
    assert answer in (None, delivery.answer)


def test_a_name_that_nobody_knows_and_a_port_where_nobody_listens(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert send(f"smtp://127.0.0.1:{free_port()}").trouble is KINDS["refused"]
    assert send("smtp://a..b:25").trouble is KINDS["settings"]

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert send("smtp://mail.example.invalid:25").trouble is KINDS["dns"]


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
@pytest.mark.parametrize(
    ("trouble", "made"),
    [
        (None, lambda one, folder: one.server()),
        ("certificate-expired", lambda one, folder: one.server(from_day=-2, to_day=-1)),
        ("certificate-early", lambda one, folder: one.server(from_day=1)),
        ("certificate-name", lambda one, folder: one.server("mail.setwise.example")),
        ("certificate-self-signed", lambda one, folder: certificates.self_signed(folder)),
        (
            "certificate-issuer",
            lambda one, folder: certificates.authority(folder, "another").server(),
        ),
    ],
)
def test_a_certificate_is_checked_and_told_by_what_is_wrong_with_it(
    send: Send,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    scheme: str,
    trouble: str | None,
    made: Callable[[certificates.Authority, Path], ssl.SSLContext],
) -> None:
    (tmp_path / "other").mkdir()
    trusted = certificates.authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted.path))
    context, handler = made(trusted, tmp_path / "other"), Answering()
    tls = {"tls": context} if scheme == "smtps" else {"tls_context": context}
    with serving(handler, **tls) as port:
        delivery = send(f"{scheme}://localhost:{port}")
    assert delivery.trouble == (KINDS[trouble] if trouble else None)
    assert handler.accepted == ([] if trouble else [READER])


def test_a_password_goes_through_starttls(
    send: Send, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted = certificates.authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted.path))
    with wants(tls_context=trusted.server()) as port:
        assert send(f"smtp+starttls://setwise:p%40ss@localhost:{port}").accepted
        delivery = send(f"smtp+starttls://setwise:wrong@localhost:{port}")
    assert delivery.trouble is KINDS["password"]


def test_an_address_that_the_server_cannot_carry_ends_the_letter(settings: Any) -> None:
    with serving(Answering(), enable_SMTPUTF8=False) as port:
        settings.SETWISE_SMTP_URL = PLAIN.format(port)
        assert trial.send("łucja@setwise.example").trouble is KINDS["address"]


def test_every_trouble_says_what_it_is_and_what_helps() -> None:
    for name, kind in KINDS.items():
        assert (kind.name, kind.sentence[-1:], kind.remedy[-1:]) == (name, ".", ".")
