from setwise.people.models.link import Link
from setwise.people.models.person import Person
from setwise.people.models.reminder_choice import ReminderChoice
from setwise.people.models.signin_link import SigninLink

__all__ = ["Link", "Person", "ReminderChoice", "SigninLink"]
