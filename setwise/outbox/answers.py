"""What of a mail server's answer may be kept: why it refused, and no word of the letter. Pure."""

from __future__ import annotations

import re

LENGTH = 300  # characters
ADDRESS = re.compile(r"([^\s<>\"'(),;:@=])[^\s<>\"'(),;:@=]*@([\w.-]*\w)")
LEFT_OUT = "…"


def kept(answer: str, *, subject: str, origin: str) -> str:
    """The answer in one line, without what it quotes of the letter.

    A filter may quote a link, which may be the key to somebody's seat, or the subject, which names
    a set. Of an address only its first letter and its domain are left.
    """
    words = " ".join(answer.split())
    words = re.sub(re.escape(origin) + r"/[^\s<>\"']*", f"{origin}/{LEFT_OUT}", words)
    if subject:
        words = words.replace(subject, LEFT_OUT)
    return masked(words)[:LENGTH]


def masked(text: str) -> str:
    """Addresses as `a…@hospital.example`: enough to see where mail fails, too little for a list."""
    return ADDRESS.sub(rf"\1{LEFT_OUT}@\2", text)
