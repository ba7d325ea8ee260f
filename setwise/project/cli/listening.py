"""Whether a server could listen there; if not, why, in one line."""

from __future__ import annotations

import errno
import socket

LAST_PORT = 65_535


def port(given: str) -> int | None:
    """The port, None for what is none."""
    return int(given) if given.isascii() and given.isdigit() and _is_port(int(given)) else None


def _is_port(number: int) -> bool:
    return 1 <= number <= LAST_PORT


def trouble(host: str, port: int) -> str:
    """Why nobody can listen at this address and port; '' where somebody can."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        return _not_here(host)
    failed = {_try(family, address) for family, _, _, _, address in found}
    if errno.EADDRINUSE in failed:
        return f"Port {port} is taken. Choose another with --port."
    if 0 in failed:
        return ""
    if errno.EACCES in failed:
        return f"Port {port} is not for this user. Choose one above 1023 with --port."
    return _not_here(host)


def _not_here(host: str) -> str:
    return f"{host!r} is no address of this machine. Choose another with --host, or leave it out."


def _try(family: int, address: tuple[object, ...]) -> int:
    """The number of the error in binding there, 0 for none."""
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:  # as the server does: IPv4 has a socket of its own
                probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            probe.bind(address)
    except OSError as error:
        return error.errno or errno.EADDRNOTAVAIL
    return 0
