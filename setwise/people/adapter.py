"""How allauth meets Setwise: sign-up by invitation, and e-mail through the outbox."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from setwise.outbox import posting
from setwise.people.models import Person
from setwise.vault import keys

CODE_STAGE = "allauth.account.stages.LoginByCodeStage"
# allauth's letter → ours; mail for signing in never outlives its code
TEMPLATES = {
    "account/email/login_code": "people/email/code",
    "account/email/email_confirmation": "people/email/code",
    "account/email/email_confirmation_signup": "people/email/code",
    "account/email/unknown_account": "people/email/unknown",
    "account/email/account_already_exists": "people/email/known",
}
ERRORS = {
    "incorrect_code": "That is not the code. Look for the newest letter, and write its code again.",
    "too_many_login_attempts": "That was tried several times. Wait a few minutes and try again.",
    "rate_limited": "That was tried several times. Wait a few minutes and try again.",
    "email_taken": "Somebody here has this address already.",
}


def letter(template_prefix: str, context: dict[str, Any]) -> str:
    """Our letter for allauth's; one that we have no words for says only that something changed."""
    other = "people/email/code" if context.get("code") else "people/email/changed"
    return TEMPLATES.get(template_prefix, other)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.SETWISE_OPEN_SIGNUP)

    def get_login_stages(self) -> list[str]:
        """The code alone: it proves the mailbox, so nobody is asked to prove it with a second."""
        return [CODE_STAGE]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        template = letter(template_prefix, context)
        minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60
        words = {
            "code": context.get("code", ""),
            "minutes": minutes,
            "open_signup": settings.SETWISE_OPEN_SIGNUP,
        }
        key, expires_at = f"signin:{uuid.uuid4()}", timezone.now() + timedelta(minutes=minutes)
        person = Person.objects.with_email(email)
        if person:
            posting.post(
                key=key, to=person, template=template, context=words, expires_at=expires_at
            )
        else:
            posting.post_to_address(
                key=key, email=email, template=template, context=words, expires_at=expires_at
            )

    def send_account_already_exists_mail(self, email: str) -> None:
        """allauth's own would tell of a page to reset a password, and there is none."""
        self.send_mail("account/email/account_already_exists", email, {})

    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Any:
        user.name = form.cleaned_data["name"]
        user.email = form.cleaned_data["email"].lower()
        user.key = keys.make_key()
        user.set_unusable_password()
        if commit:
            user.save()
        return user
