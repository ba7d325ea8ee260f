"""Certificates for mail servers of the tests: good ones, and each kind of bad one."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Authority:
    """One that a machine may be told to trust, by the file `path`."""

    folder: Path
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def path(self) -> Path:
        return self.folder / "authority.pem"

    def server(
        self, host: str = "localhost", *, from_day: int = -1, to_day: int = 9
    ) -> ssl.SSLContext:
        """What a mail server of this name is set up with."""
        return _context(self.folder, *_issue(host, self, from_day, to_day))


def authority(folder: Path, name: str = "an authority") -> Authority:
    key, certificate = _issue(name, None, -2, 9, is_authority=True)
    made = Authority(folder, key, certificate)
    made.path.write_bytes(certificate.public_bytes(Encoding.PEM))
    return made


def self_signed(folder: Path) -> ssl.SSLContext:
    return _context(folder, *_issue("localhost", None, -1, 9))


def _issue(
    name: str, by: Authority | None, from_day: int, to_day: int, *, is_authority: bool = False
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(by.certificate.subject if by else called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + from_day * DAY)
        .not_valid_after(now + to_day * DAY)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name.replace(" ", "-"))]), False)
    )
    return key, builder.sign(by.key if by else key, hashes.SHA256())


def _context(
    folder: Path, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate
) -> ssl.SSLContext:
    path = folder / "server.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
