"""A real IMAP server for the tests: Debian's Dovecot, with a certificate and folders of its own."""

from __future__ import annotations

import datetime as dt
import imaplib
import os
import pwd
import shutil
import signal
import ssl
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.browser import succeeds
from tests.serving import free_port

PASSWORD = "pass/wörd@1"  # what a URL and an old protocol make difficult
CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
auth_failure_delay = 0
first_valid_uid = 0
first_valid_gid = 0
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
service imap-login {{
  {login}
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
{unprivileged}
"""
UNPRIVILEGED = """
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
service anvil {{
  chroot =
}}
"""


def installed() -> str | None:
    """The path of Dovecot; where this is Debian and we may, it is installed."""
    if found := shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin"):
        return found
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    succeeds("apt-get", "update")
    succeeds("apt-get", "install", "-y", "--no-install-recommends", "dovecot-imapd")
    return shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin")


@dataclass
class Dovecot:
    """Serves a mailbox to whoever gives the password, each user their own."""

    program: str

    def __post_init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="setwise-imap-"))
        self.port, self.tls_port = free_port(), free_port()
        self.certificate = self.folder / "cert.pem"

    def start(self) -> Dovecot:
        root = os.geteuid() == 0
        user = "mail" if root else pwd.getpwuid(os.geteuid()).pw_name
        _make_certificate(self.folder)
        self.folder.chmod(0o755)
        for name in ("run", "state", "mail"):
            (self.folder / name).mkdir(mode=0o755)
        names = {"user": user, "group": "mail" if root else str(os.getegid())}
        if root:
            shutil.chown(self.folder / "mail", user, "mail")
        configuration = self.folder / "dovecot.conf"
        filled = CONFIGURATION.format(
            folder=self.folder,
            password=PASSWORD,
            port=self.port,
            tls_port=self.tls_port,
            login="" if root else "chroot =",
            unprivileged="" if root else UNPRIVILEGED.format(**names),
            **names,
        )
        configuration.write_text(filled, "utf-8")
        self.process = subprocess.Popen([self.program, "-F", "-c", configuration])
        give_up = time.monotonic() + 30
        while True:
            try:
                self.box("somebody").logout()
                return self
            except OSError:
                assert self.process.poll() is None, (self.folder / "log").read_text()
                assert time.monotonic() < give_up, (self.folder / "log").read_text()
                time.sleep(0.05)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=15)
        shutil.rmtree(self.folder, ignore_errors=True)

    def box(self, user: str) -> imaplib.IMAP4_SSL:
        """The mailbox as somebody else's program sees it."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        box = imaplib.IMAP4_SSL("localhost", self.tls_port, ssl_context=context)
        box.authenticate("PLAIN", lambda _: f"\0{user}\0{PASSWORD}".encode())
        box.select("INBOX")
        return box

    def put(self, user: str, *messages: bytes) -> None:
        box = self.box(user)
        for message in messages:
            assert box.append("INBOX", "", "", message)[0] == "OK"
        box.logout()

    def flags(self, user: str) -> list[bytes]:
        """What each message that is there is marked with."""
        box = self.box(user)
        numbers = box.search(None, "ALL")[1][0].split()
        found = [box.fetch(number.decode(), "(FLAGS)")[1][0] for number in numbers]
        box.logout()
        return [each for each in found if isinstance(each, bytes)]


def _make_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
