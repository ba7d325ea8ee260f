from setwise.meetings.models.meeting import Meeting
from setwise.meetings.models.reply import Reply

__all__ = ["Meeting", "Reply"]
