"""What can be asked of a course. `expected` is the number of moves the presser saw."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Next:
    expected: int


@dataclass(frozen=True, slots=True)
class Back:
    expected: int


@dataclass(frozen=True, slots=True)
class EndRound:
    expected: int


@dataclass(frozen=True, slots=True)
class AddMinutes:
    minutes: int = 5


@dataclass(frozen=True, slots=True)
class BreakNow:
    minutes: int = 5


@dataclass(frozen=True, slots=True)
class Pause:
    pass


@dataclass(frozen=True, slots=True)
class Resume:
    pass


@dataclass(frozen=True, slots=True)
class PauseForLearning:
    """Stop the clock and ask the set how it works: `question` by its key, '' for the next in turn."""

    question: str = ""


@dataclass(frozen=True, slots=True)
class AskSharing:
    pass


@dataclass(frozen=True, slots=True)
class Today:
    """*Today we…*: other issues, another protocol or another length, for what is still ahead.

    `text` is the protocol's TOML where it is the set's own.
    """

    issues: int | None = None
    protocol: str | None = None
    minutes: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class ShareFairly:
    """What will not fit comes off everything that is ahead, by its length."""


@dataclass(frozen=True, slots=True)
class ShortenBreak:
    """What will not fit comes off the breaks that are ahead."""


@dataclass(frozen=True, slots=True)
class GiveBack:
    """What was taken off what is ahead is given back."""


@dataclass(frozen=True, slots=True)
class StayLonger:
    """The set, asked aloud, gives so many minutes more; less than none takes that back."""

    minutes: int = 10


@dataclass(frozen=True, slots=True)
class WithoutRounds:
    """Nobody brings an issue: progress goes `deeper` with the rounds' time, or the set ends early."""

    expected: int
    deeper: bool


@dataclass(frozen=True, slots=True)
class Close:
    pass


Command = (
    Next
    | Back
    | EndRound
    | AddMinutes
    | BreakNow
    | Pause
    | Resume
    | PauseForLearning
    | AskSharing
    | Today
    | ShareFairly
    | ShortenBreak
    | GiveBack
    | StayLonger
    | WithoutRounds
    | Close
)
