"""Reading protocols: those that come with Setwise, and any text of the same shape."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files

from setwise.protocols.checking import read
from setwise.protocols.fitting import fitting
from setwise.protocols.shape import Fault, Protocol, ProtocolError

KEYS = (
    *("classic", "first-meeting", "question-only", "half-hour", "case-clinic"),
    *("peer-consultation", "troika", "open-floor"),
)
FIRST = "first-meeting"  # what a set follows until ground rules are in force
MOST_TEXT = 60_000  # characters of a protocol's file


@lru_cache
def load(key: str) -> Protocol:
    """The shipped protocol `key`; raises KeyError where there is none."""
    return parse(text_of(key), key=key)


def text_of(key: str) -> str:
    """The file of the shipped protocol `key`; raises KeyError where there is none."""
    if key not in KEYS:
        raise KeyError(key)
    return (files("setwise.protocols") / "data" / f"{key}.toml").read_text("utf-8")


def shipped() -> tuple[Protocol, ...]:
    return tuple(load(key) for key in KEYS)


def parse(text: str, *, key: str) -> Protocol:
    """Read a protocol; raises ProtocolError, with every fault, for one that cannot work."""
    protocol, faults = _read(text, key)
    if faults := faults or fitting(protocol):
        raise ProtocolError(*faults)
    return protocol


@lru_cache(maxsize=256)
def kept(text: str, key: str) -> Protocol:
    """A set's own protocol as it was kept, which was checked then.

    Only that it can be read is asked again: what a meeting is held by stays as it was agreed, also
    where a later Setwise would refuse to keep it anew.
    """
    protocol, faults = _read(text, key)
    if faults:
        raise ProtocolError(*faults)
    return protocol


def _read(text: str, key: str) -> tuple[Protocol, list[Fault]]:
    if len(text) > MOST_TEXT:
        raise ProtocolError(Fault((), f"Keep the file below {MOST_TEXT} characters."))
    try:
        data = tomllib.loads(text)
    except RecursionError as error:
        raise ProtocolError(Fault((), "This is not a TOML file: it is nested too deep.")) from error
    except ValueError as error:  # a number of thousands of digits too
        said = "".join(each if each.isprintable() else "?" for each in str(error)[:200])
        raise ProtocolError(Fault((), f"This is not a TOML file: {said}.")) from error
    return read(data, key=key)
