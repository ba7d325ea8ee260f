"""Telling, from an error in talking to a mail server, which kind of trouble it is. Pure."""

from __future__ import annotations

import smtplib
import socket
import ssl

from setwise.outbox import troubles

CERTIFICATES = {  # OpenSSL's numbers
    9: "certificate-early",
    10: "certificate-expired",
    18: "certificate-self-signed",
    19: "certificate-issuer",
    20: "certificate-issuer",
    21: "certificate-issuer",
    62: "certificate-name",
    64: "certificate-name",
}
SPOKEN_IN_CLEAR = (
    "WRONG_VERSION_NUMBER",
    "UNKNOWN_PROTOCOL",
    "HTTP_REQUEST",
    "RECORD_LAYER_FAILURE",
)


def of(error: Exception, *, connected: bool, gave_away: bool) -> troubles.Trouble:
    """The kind of trouble that an error in talking to a mail server is.

    `connected`: they had met, and the server knew us. `gave_away`: it was given the letter, so
    that without its answer nobody knows whether it took it.
    """
    name = _name(error)
    if gave_away and name in ("broke-off", "timed-out"):
        name = "unsure"
    elif not connected:
        name = {"broke-off": "hung-up", "later": "busy", "greylisted": "busy"}.get(name, name)
    return troubles.KINDS[name]


def answer(error: Exception) -> str:
    """What the server said; where it said nothing, the kind of error and no word more."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return _said(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    return f"No answer: {type(error).__name__}"


def _said(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {words}"


def _name(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return _refusal("recipient", code, text)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _refusal("password", error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPSenderRefused):
        return _refusal("sender", error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPDataError):
        return _refusal("letter", error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPResponseException):
        return _refusal("greeting", error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return _unsupported(str(error))
    if isinstance(error, smtplib.SMTPServerDisconnected):
        late = isinstance(error.__context__, TimeoutError)
        return "timed-out" if late else "broke-off"
    if isinstance(error, smtplib.SMTPException):  # no way to sign in that we know
        return "takes-no-password"
    return _of_the_network(error)


def _refusal(name: str, code: int, text: bytes | str) -> str:
    words = (text.decode("ascii", "replace") if isinstance(text, bytes) else text).lower()
    if "greylist" in words or "graylist" in words:
        return "greylisted"
    if code < 500:
        return "greylisted" if code in (450, 451) and "4.7.1" in words else "later"
    if code == 538 or (code == 530 and "starttls" in words):
        return "wants-tls"
    if code == 530:
        return "no-password"
    if name == "recipient" and ("relay" in words or "authenticat" in words):
        return "relay"
    return name


def _unsupported(words: str) -> str:
    if "STARTTLS" in words:
        return "no-starttls"
    return "address" if "SMTPUTF8" in words else "takes-no-password"


def _of_the_network(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return CERTIFICATES.get(error.verify_code, "certificate")
    if isinstance(error, ssl.SSLError):
        return "no-tls" if error.reason in SPOKEN_IN_CLEAR else "tls"
    if isinstance(error, socket.gaierror):
        return "dns"
    if isinstance(error, TimeoutError):
        return "timed-out"
    if isinstance(error, ConnectionRefusedError):
        return "refused"
    if isinstance(error, ConnectionError):
        return "broke-off"
    if isinstance(error, OSError):
        return "unreachable"
    return "settings"
