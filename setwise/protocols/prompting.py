"""What helps whoever leads: a sentence for each part of a meeting, and questions about learning.

Both are data beside the protocols. A protocol's own words to whoever holds the controls come first.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from setwise.protocols.agenda import Stop
from setwise.protocols.shape import Stage, Step


def prompt_for(part: Step | Stage, stop: Stop) -> str:
    """The sentence for whoever leads this part; every kind of step has one."""
    if own := part.guidance.get("controls"):
        return own
    prompts = _read("prompts")
    number = str(getattr(part, "number", 0))
    for table, key in (("stages", stop.stage), ("numbers", number), ("steps", stop.kind)):
        if found := prompts[table].get(key):
            return str(found)
    return ""


@lru_cache
def learning_questions() -> Mapping[str, str]:
    """What a pause for learning may ask, by key, in the order in which they take turns."""
    return {each["key"]: each["text"] for each in _read("learning")["questions"]}


@lru_cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("setwise.protocols") / "data" / f"{name}.toml").read_text("utf-8"))
