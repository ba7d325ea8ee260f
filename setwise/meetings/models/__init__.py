from setwise.meetings.models.calendar_entry import CalendarEntry
from setwise.meetings.models.calendar_feed import CalendarFeed
from setwise.meetings.models.kept_rhythm import KeptRhythm
from setwise.meetings.models.meeting import Meeting
from setwise.meetings.models.poll import Poll, PollAnswer, PollComment, PollDate, PollPlace
from setwise.meetings.models.reply import Reply

__all__ = [
    "CalendarEntry",
    "CalendarFeed",
    "KeptRhythm",
    "Meeting",
    "Poll",
    "PollAnswer",
    "PollComment",
    "PollDate",
    "PollPlace",
    "Reply",
]
