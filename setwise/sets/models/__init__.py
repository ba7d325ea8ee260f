from setwise.sets.models.graduation import Graduation, GraduationAnswer
from setwise.sets.models.ground_rules import Assent, Clause, GroundRules, Settings
from setwise.sets.models.guide_offer import GuideOffer
from setwise.sets.models.handover import Handover
from setwise.sets.models.invitation import Invitation, InvitationLetter
from setwise.sets.models.learning_set import FEWEST, FIRM_MOST, MOST, LearningSet
from setwise.sets.models.membership import Membership
from setwise.sets.models.own_guide import OwnGuide
from setwise.sets.models.variant import Variant

__all__ = [
    "FEWEST",
    "FIRM_MOST",
    "MOST",
    "Assent",
    "Clause",
    "Graduation",
    "GraduationAnswer",
    "GroundRules",
    "GuideOffer",
    "Handover",
    "Invitation",
    "InvitationLetter",
    "LearningSet",
    "Membership",
    "OwnGuide",
    "Settings",
    "Variant",
]
