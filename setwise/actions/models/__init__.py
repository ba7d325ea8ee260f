from setwise.actions.models.action import Action, Shown
from setwise.actions.models.preparation import Preparation, PreparedAction
from setwise.actions.models.progress import Progress

__all__ = ["Action", "Preparation", "PreparedAction", "Progress", "Shown"]
