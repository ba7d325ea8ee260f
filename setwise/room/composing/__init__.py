"""The composers of a room's page: what one person may write, for themselves and for somebody else.

They stand in the page's own part, which is never pushed, so that what is typed stays.
"""

from setwise.room.composing import leading
from setwise.room.composing.beforehand import offered
from setwise.room.composing.others import for_others
from setwise.room.composing.own import own
from setwise.room.composing.shape import Composer, RefusedForm
from setwise.room.composing.unsent import handable_rounds, unsent

__all__ = [
    "Composer",
    "RefusedForm",
    "for_others",
    "handable_rounds",
    "leading",
    "offered",
    "own",
    "unsent",
]
