from setwise.room.models.bid import Bid
from setwise.room.models.check_in import CheckIn
from setwise.room.models.check_out import CheckOut
from setwise.room.models.deed import Deed
from setwise.room.models.draft import PARTS, Draft
from setwise.room.models.note import Option, Question
from setwise.room.models.presence import Presence
from setwise.room.models.problem import Problem
from setwise.room.models.process_note import ProcessNote
from setwise.room.models.review import Review
from setwise.room.models.room import Room
from setwise.room.models.round import Attended, Round, RoundAction

__all__ = [
    "PARTS",
    "Attended",
    "Bid",
    "CheckIn",
    "CheckOut",
    "Deed",
    "Draft",
    "Option",
    "Presence",
    "Problem",
    "ProcessNote",
    "Question",
    "Review",
    "Room",
    "Round",
    "RoundAction",
]
