"""What a message that came in is: pure, from its bytes. It has been written by anybody."""

from setwise.mailin.reading.message import LARGEST, Bounce, Incoming, read

__all__ = ["LARGEST", "Bounce", "Incoming", "read"]
