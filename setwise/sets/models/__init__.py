from setwise.sets.models.ground_rules import Assent, Clause, GroundRules, Settings
from setwise.sets.models.invitation import Invitation
from setwise.sets.models.learning_set import LearningSet
from setwise.sets.models.membership import Membership

__all__ = [
    "Assent",
    "Clause",
    "GroundRules",
    "Invitation",
    "LearningSet",
    "Membership",
    "Settings",
]
