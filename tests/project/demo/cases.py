"""Cases of a test's own: the least that a case needs, and parts to add to it."""

from __future__ import annotations

from pathlib import Path

LEAST = """
[set]
name = "Friday set"

[[people]]
key = "mina"
name = "Mina"
email = "mina@setwise.example"

[[people]]
key = "otto"
name = "Otto"
email = "otto@setwise.example"

[[people]]
key = "pia"
name = "Pia"
email = "pia@setwise.example"

[meeting]
zone = "Asia/Kathmandu"
"""
RULES = '[rules]\nprotocol = "classic"\n'
ROUND = """
[[rounds]]
presenter = "otto"
statement = "How do I begin?"

[[rounds.questions]]
who = "pia"
stage = "explore"
text = "What if you did not?"

[[rounds.options]]
who = "mina"
text = "Wait a week."

[[rounds.actions]]
text = "Ring her."
"""


def case_file(folder: Path, *parts: str) -> Path:
    path = folder / "case.toml"
    path.write_text("\n".join(parts), "utf-8")
    return path
