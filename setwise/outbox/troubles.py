"""What can go wrong on a letter's way, in words an operator can act on. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of trouble. `sentence` says what it is, `remedy` what helps.

    `ends` the letter: no attempt will help. `meets_all`: the next letter would meet it too.
    """

    name: str
    sentence: str
    remedy: str = ""
    ends: bool = False
    meets_all: bool = False


def _all(*rows: tuple[str, str, str]) -> dict[str, Trouble]:
    return {row[0]: Trouble(*row, meets_all=True) for row in rows}


def _this(*rows: tuple[str, str, str]) -> dict[str, Trouble]:
    return {row[0]: Trouble(*row) for row in rows}


def _end(*rows: tuple[str, str, str]) -> dict[str, Trouble]:
    return {row[0]: Trouble(*row, ends=True) for row in rows}


URL = "SETWISE_SMTP_URL"
KINDS = (
    _all(
        (
            "dns",
            "The mail server’s name is not found in DNS.",
            f"Look at the host in {URL}, and whether this machine can look names up.",
        ),
        (
            "refused",
            "Nothing listens there: the mail server refused the connection.",
            f"Look at the host and port in {URL}, and whether the mail server runs.",
        ),
        (
            "unreachable",
            "No way leads from this machine to the mail server.",
            "Look at the network and the firewall.",
        ),
        (
            "timed-out",
            "The mail server did not answer in time.",
            "A firewall may drop the connection: many hosts block port 25. "
            "Port 465 answers to smtps:// only.",
        ),
        (
            "no-tls",
            "What answers there speaks no TLS from the start.",
            "Write smtp+starttls:// for port 587 or 25; smtps:// is for port 465.",
        ),
        (
            "no-starttls",
            "The mail server does not offer STARTTLS.",
            "Write smtps:// and its port, often 465. Write smtp:// only for a server on this machine.",
        ),
        (
            "wants-tls",
            "The mail server wants STARTTLS before anything else.",
            f"Write smtp+starttls:// instead of smtp:// in {URL}.",
        ),
        (
            "tls",
            "The mail server and Setwise could not agree on TLS.",
            "It may be too old to be safe. Update it, or use another.",
        ),
        (
            "certificate-expired",
            "The mail server’s certificate has expired.",
            "Renew it there, and see that the server was reloaded.",
        ),
        (
            "certificate-early",
            "The mail server’s certificate is not valid yet.",
            "Look at the clocks of both machines.",
        ),
        (
            "certificate-self-signed",
            "The mail server’s certificate is signed by nobody but itself.",
            "Give it one from an authority, or name the file with that certificate in SSL_CERT_FILE.",
        ),
        (
            "certificate-issuer",
            "The mail server’s certificate is from an authority that this machine does not know.",
            "See that the server sends its whole chain; for an authority of your own, name the "
            "file with its certificate in SSL_CERT_FILE.",
        ),
        (
            "certificate-name",
            "The mail server’s certificate is for another name.",
            f"Write the name that stands in the certificate as the host in {URL}.",
        ),
        (
            "certificate",
            "The mail server’s certificate could not be checked.",
            "Have it renewed by an authority that is widely known.",
        ),
        (
            "password",
            "The mail server does not accept the user and password.",
            f"Look at both in {URL}; @ in one is written %40. Some want a password for this "
            "application alone.",
        ),
        (
            "no-password",
            "The mail server wants a user and a password.",
            f"Write them into {URL}: smtp+starttls://user:password@host:587.",
        ),
        (
            "takes-no-password",
            "The mail server takes no user and password here.",
            "Many take them over TLS only: write smtp+starttls:// or smtps://. "
            f"If it wants none, leave them out of {URL}.",
        ),
        (
            "sender",
            "The mail server refuses our own address as the sender.",
            "Set SETWISE_MAIL_FROM to an address that this user may send from.",
        ),
        (
            "greeting",
            "The mail server does not want to talk to this machine.",
            "Its answer may say why: this machine’s address may be on a list of those it refuses.",
        ),
        (
            "hung-up",
            "The mail server hung up before it knew what we wanted.",
            "Port 465 answers to smtps:// only. Its log may say more.",
        ),
        (
            "busy",
            "The mail server has no time for us now.",
            "Such letters are sent again by themselves.",
        ),
        (
            "settings",
            f"{URL} holds letters that no mail server can be asked with.",
            "Look at its host, user and password.",
        ),
    )
    | _this(
        (
            "relay",
            "The mail server does not pass mail on for this machine.",
            f"Give it a user and a password in {URL}, or have it allow this machine.",
        ),
        (
            "greylisted",
            "The mail server lets strangers wait some minutes (greylisting).",
            "That is its way, and no fault. Such letters are sent again by themselves.",
        ),
        (
            "later",
            "The mail server asks to be tried again later.",
            "It may be busy, or the mailbox full. Such letters are sent again by themselves.",
        ),
        (
            "broke-off",
            "The connection broke off before the letter was handed over.",
            "Such letters are sent again by themselves. If it lasts, look at the mail server’s log.",
        ),
        (
            "unsure",
            "The connection broke off before the mail server said whether it took the letter.",
            "Such letters are sent again by themselves, each with the Message-ID it had.",
        ),
        (
            "ourselves",
            "Something went wrong in Setwise itself.",
            "Its log names the kind of error. Such letters are sent again by themselves.",
        ),
    )
    | _end(
        (
            "recipient",
            "The mail server refuses this recipient.",
            "The address may be misspelt, or its mailbox gone. It has to be written anew.",
        ),
        (
            "address",
            "No mailbox has an address like this, or the mail server cannot carry it.",
            "The address has to be written anew.",
        ),
        (
            "letter",
            "The mail server refuses the letter itself.",
            "Its answer may say why. Often SPF, DKIM or DMARC of the sender’s domain are missing.",
        ),
        ("erased", "Its reader was erased.", "Nothing is to be done."),
    )
)
