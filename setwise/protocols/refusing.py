"""Why a command is not carried out."""

from __future__ import annotations

from enum import Enum


class Reason(Enum):
    MOVED_ALREADY = "Somebody moved on already, so nothing more was done."
    NOT_YOURS = "Only whoever holds the controls can do this."
    CLOSED = "The meeting is closed."
    PAUSED = "The meeting is paused. Resume it first."
    NOT_PAUSED = "The meeting is not paused."
    NOTHING_BEFORE = "This is the beginning."
    NOTHING_AFTER = "This is the last step. Close the meeting when you are ready."
    NOT_IN_ROUND = "No round is under way."
    ALREADY = "That is so already."
    DECIDING = "The presenter decides by now: sharing comes before that."
    ENOUGH = "That is as much time as one step can take."
    NOT_AT_BIDDING = "That is for the bidding step, before a round has begun."
    UNKNOWN = "There is no such way of meeting."
    NO_QUESTION = "There is no such question."
    LENGTH = "A meeting takes from half an hour to eight hours."
    NOTHING_OVER = "The meeting is not running over, so nothing needs to be shorter."
    NO_ROOM = (
        "What is ahead is as short as it can be. Ask the set for more time, or leave something out."
    )
    NO_BREAK = "No break is ahead that could be shorter."
    NOTHING_TAKEN = "Nothing ahead was shortened."


class Refused(Exception):
    """The command was not carried out; `reason.value` is the sentence to show."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
