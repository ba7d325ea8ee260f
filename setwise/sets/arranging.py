"""Moving, leaving out and adding the parts of a protocol that is being written. Pure."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from setwise.protocols.shape import Stage, Step
from setwise.protocols.shipped import FIRST, shipped
from setwise.sets.sheet import Row, Sheet, row_of, rows_of

FREE = (
    Step("free", "free", "A free step", 15, "everyone", {}),
    Step("teaching", "free", "Teaching", 20, "controls", {}),
    Step("lunch", "break", "Lunch", 45, "nobody", {}),
)


@cache
def library() -> dict[str, tuple[str, Step | Stage]]:
    """Every part there is to add, by a name: what it is called, and the part."""
    found: dict[str, tuple[str, Step | Stage]] = {
        f"step:{each.key}": (each.title, each) for each in FREE
    }
    for protocol in shipped():
        for step in protocol.steps:
            if step.kind != "round" and protocol.key != FIRST:
                found.setdefault(f"step:{step.key}", (step.title, step))
            for stage in step.stages:
                name = f"stage:{stage.key}:{stage.title}"
                found.setdefault(name, (stage.title, stage))
    return found


def earlier(sheet: Sheet, name: str) -> Sheet:
    """Put a step before the step before it; a stage before the stage before it."""
    blocks, at = _blocks(sheet, name)
    if at < 1:
        return sheet
    blocks[at - 1], blocks[at] = blocks[at], blocks[at - 1]
    return _joined(sheet, name, blocks)


def later(sheet: Sheet, name: str) -> Sheet:
    blocks, at = _blocks(sheet, name)
    if at < 0 or at + 1 == len(blocks):
        return sheet
    blocks[at], blocks[at + 1] = blocks[at + 1], blocks[at]
    return _joined(sheet, name, blocks)


def without(sheet: Sheet, name: str) -> Sheet:
    """Leave a part out; a round with all its stages."""
    rows = tuple(
        row for row in sheet.rows if row.name != name and (not row.within or row.within != name)
    )
    return replace(sheet, rows=rows)


def with_part(sheet: Sheet, part: str, after: str) -> Sheet:
    """Add a part of the library after the row of that name; a stage stays within the round."""
    found = library().get(part)
    if found is None:
        return sheet
    _, new = found
    rows = list(sheet.rows)
    at = next((i for i, row in enumerate(rows) if row.name == after), len(rows) - 1)
    if isinstance(new, Stage):
        holder = next((row for row in rows if row.is_round), None)
        if holder is None:
            return sheet
        inside = [i for i, row in enumerate(rows) if holder.name in (row.name, row.within)]
        at = at if at in inside else inside[-1]
        taken = {row.key for row in rows if row.within}
        rows.insert(at + 1, row_of(new, within=holder.key, key=_free(new.key, taken)))
    else:
        while at + 1 < len(rows) and rows[at + 1].within:  # a step does not split a round
            at += 1
        key = _free(new.key, {row.key for row in rows if not row.within})
        rows[at + 1 : at + 1] = rows_of(new, key=key)
    return replace(sheet, rows=tuple(rows))


def _free(key: str, taken: set[str]) -> str:
    """The key, or with a number after it the first that is not taken."""
    numbers = range(2, len(taken) + 3)
    return next(each for each in (key, *(f"{key}-{n}" for n in numbers)) if each not in taken)


def _blocks(sheet: Sheet, name: str) -> tuple[list[list[Row]], int]:
    """What moves as one: the stages of a round, or whole steps; and where `name` is, or -1."""
    within = name.rpartition("/")[0]
    blocks: list[list[Row]] = []
    for row in sheet.rows:
        if within:
            if row.within == within:
                blocks.append([row])
        elif row.within and blocks:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks, next((i for i, block in enumerate(blocks) if block[0].name == name), -1)


def _joined(sheet: Sheet, name: str, blocks: list[list[Row]]) -> Sheet:
    rows = [row for block in blocks for row in block]
    within = name.rpartition("/")[0]
    if within:
        first = next(i for i, row in enumerate(sheet.rows) if row.within == within)
        rows = [*sheet.rows[:first], *rows, *sheet.rows[first + len(rows) :]]
    return replace(sheet, rows=tuple(rows))
