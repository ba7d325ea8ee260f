"""Data of protocols: nearly workable, and odd."""

from __future__ import annotations

import tomllib
from typing import Any

from hypothesis import strategies as st

from setwise.protocols import shipped
from setwise.protocols.shape import KINDS, SPEAKERS, WRITES

GOOD = """
title = "T"
source = "S"
minutes = 30
[[steps]]
key = "a"
kind = "free"
title = "A"
minutes = 30
speaks = "everyone"
"""
ROUND = """
[[steps]]
key = "r"
kind = "round"
title = "R"
  [[steps.stages]]
  key = "d"
  title = "D"
  number = 3
  minutes = 10
  speaks = "presenter"
  writes = ["action"]
"""
WITH_ROUND = GOOD.replace("minutes = 30\n[[", "minutes = 40\nissues = 1\n[[") + ROUND

titles = st.text(max_size=6) | st.sampled_from(["Check-in", "Ours", "فحص", "Zażółć", "…"])
minutes = st.integers(1, 40)
keys = st.sampled_from(["a", "b", "c", "d-e", "sharing", "break-now", "A", ""])
guidance = st.dictionaries(st.sampled_from(["everyone", "presenter", "controls"]), titles)
stages = st.fixed_dictionaries(
    {"key": keys, "title": titles, "minutes": minutes, "speaks": st.sampled_from(sorted(SPEAKERS))},
    optional={
        "number": st.integers(0, 3),
        "optional": st.booleans(),
        "writes": st.lists(st.sampled_from(sorted(WRITES)), max_size=3),
        "guidance": guidance,
    },
)
steps = st.fixed_dictionaries(
    {"key": keys, "title": titles, "minutes": minutes, "speaks": st.sampled_from(sorted(SPEAKERS))}
    | {"kind": st.sampled_from(sorted(KINDS))},
    optional={
        "stages": st.lists(stages, max_size=5),
        "writes": st.lists(st.sampled_from(sorted(WRITES)), max_size=3),
        "between_issues": st.booleans(),
        "fixed": st.booleans(),
        "guidance": guidance,
    },
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)


@st.composite
def workable(draw: st.DrawFn) -> dict[str, Any]:
    """The parts of shipped protocols, shuffled, left out and retimed: nearly all of it works."""
    parts = [s for key in shipped.KEYS for s in tomllib.loads(shipped.text_of(key))["steps"]]
    issues = draw(st.integers(0, 2))
    plain = st.sampled_from([each for each in parts if each["kind"] != "round"])
    chosen = [dict(each) for each in draw(st.lists(plain, min_size=2, max_size=9))]
    for step in chosen:
        step["minutes"] = draw(st.integers(2, 40))
        step["fixed"] = draw(st.booleans())
        step.pop("between_issues", None)
    if issues:
        step = dict(draw(st.sampled_from([each for each in parts if each["kind"] == "round"])))
        held = draw(st.permutations(step["stages"]))
        step["stages"] = [s for s in held if s.get("number") == 3 or draw(st.booleans())]
        step.pop("minutes")
        chosen.insert(draw(st.integers(0, len(chosen))), step)
        chosen[0 if chosen[0] is not step else 1]["between_issues"] = draw(st.booleans())
    for number, step in enumerate(chosen):
        step["key"] = f"{step['key']}-{number}"
    taken = sum(
        step.get("minutes") or issues * sum(s["minutes"] for s in step["stages"])
        for step in chosen
        if not (step.get("between_issues") and issues < 2)
    )
    in_hand = draw(st.integers(max(0, 30 - taken), max(40, 30 - taken)))
    head = {"title": "Ours", "source": "Us", "in_hand": in_hand, "issues": issues}
    return head | {"minutes": taken + in_hand, "steps": chosen}


odd = st.fixed_dictionaries(
    {
        "title": titles,
        "source": titles,
        "minutes": st.integers(0, 500),
        "steps": st.lists(steps, max_size=5),
    },
    optional={"issues": st.integers(-1, 3), "in_hand": st.integers(-1, 30), "summary": titles},
)
