from setwise.mailin.models.arrival import KINDS, Arrival

__all__ = ["KINDS", "Arrival"]
