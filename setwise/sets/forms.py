from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from setwise.people.forms import name_field, zone_field
from setwise.sets import countries
from setwise.sets.following import ways
from setwise.sets.models import Clause, GroundRules, LearningSet, Variant


class SetForm(forms.ModelForm[LearningSet]):
    class Meta:
        model = LearningSet
        fields: tuple[str, ...] = ("name", "purpose", "accent", "country")
        labels = {"name": "Name of the set", "purpose": "Purpose", "accent": "Colour"}
        labels |= {"country": "Public holidays"}
        help_texts = {"purpose": "Who meets, and what for. Everyone who is invited reads it."}
        help_texts |= {"country": "Dates that are proposed by a rhythm go around them."}
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3})}
        error_messages = {"name": {"required": "Give the set a name."}}

    def __init__(self, *args: Any, zones: Collection[str], **kwargs: Any) -> None:
        """`zones`: the time zones of its people, whose countries stand first."""
        super().__init__(*args, **kwargs)
        near = countries.grouped(zones, chosen=self.instance.country)
        self.fields["country"].widget = forms.Select(choices=near)


class AboutForm(SetForm):
    class Meta(SetForm.Meta):
        fields = (*SetForm.Meta.fields, "coached")
        labels = SetForm.Meta.labels | {
            "coached": "The question coach may give hints in our meetings"
        }
        help_texts = SetForm.Meta.help_texts | {
            "coached": "Each hint is for the person who writes, and nobody else. Anyone can switch "
            "it off for themselves."
        }


class StartForm(SetForm):
    takes_part = forms.ChoiceField(
        label="Your seat",
        choices=[
            ("member", "I am a member: I bring issues and ask questions"),
            ("facilitator", "I facilitate from outside the set"),
            ("both", "Both: a member who facilitates, for now"),
        ],
        initial="member",
        widget=forms.RadioSelect,
    )


class InviteForm(forms.Form):
    emails = forms.CharField(
        label="E-mail addresses",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Several at once, on lines of their own or with commas between.",
        error_messages={"required": "Write at least one address."},
    )
    as_facilitator = forms.BooleanField(label="Invite as facilitator from outside", required=False)

    def clean_emails(self) -> list[str]:
        found: list[str] = []
        wrong: list[str] = []
        for piece in pieces(self.cleaned_data["emails"]):
            bracketed = re.search(r"<([^<>]*)>\s*$", piece)
            address = (bracketed[1] if bracketed else piece).strip().lower()
            try:
                validate_email(address)
            except ValidationError:
                wrong.append(piece)
            else:
                # longer than any mailbox, or words in a header's own code: a letter could not go
                odd = len(address) > 254 or "=?" in address
                (wrong if odd else found).append(piece if odd else address)
        if wrong:
            raise ValidationError(f"This is not an e-mail address: {', '.join(wrong)}")
        if not found:
            raise ValidationError("Write at least one address.")
        return list(dict.fromkeys(found))


def pieces(text: str) -> list[str]:
    """What stands between line ends, commas and semicolons; addresses with only spaces between too.

    Nothing is dropped: what is no address comes back as it was typed, to be named.
    """
    found: list[str] = []
    for piece in filter(None, (part.strip() for part in re.split(r"[\n;,]+", text))):
        words = piece.split()
        found += words if all("@" in word and "<" not in word for word in words) else [piece]
    return found


class AcceptForm(forms.Form):
    """What somebody without an account is asked when they say yes."""

    name = name_field()
    zone = zone_field()


class RulesForm(forms.ModelForm[GroundRules]):
    """The settings that bind; the clauses are in words beside them, one rule a paragraph."""

    class Meta:
        model = GroundRules
        fields = (
            "meeting_minutes",
            "issues_per_meeting",
            "air_time",
            "protocol",
            "prepare_days",
            "outside",
            "duty_of_care",
            "steward_sees",
            "quorum",
            "apologies_notice_hours",
            "moves_below_quorum",
            "note_writers",
            "record_readers",
            "names_taken_away",
            "keep_days_after_close",
        )
        widgets = {
            "outside": forms.Textarea(attrs={"rows": 2}),
            "duty_of_care": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "prepare_days": "In private, and nothing is required. No letter goes to apologies.",
            "steward_sees": "It binds once your set belongs to a programme that has a steward.",
            "apologies_notice_hours": "Later apologies are taken all the same.",
            "moves_below_quorum": "Whoever may change the meeting is asked to move it.",
            "keep_days_after_close": (
                "Then Setwise erases what was said. Each keeps their own rounds, actions and log; the "
                "set keeps who met and when, who presented, and how many actions were reviewed."
            ),
        }

    SUBJECT_FIELDS = (
        ("time", ("meeting_minutes", "issues_per_meeting", "air_time", "protocol", "prepare_days")),
        ("confidentiality", ("outside", "duty_of_care", "steward_sees")),
        ("attendance", ("quorum", "apologies_notice_hours", "moves_below_quorum")),
        ("notes", ("note_writers", "record_readers", "names_taken_away", "keep_days_after_close")),
        ("other", ()),
    )

    def __init__(self, *args: Any, clauses: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_protocols()
        written: dict[str, list[str]] = {}
        for subject, text in clauses:
            written.setdefault(subject, []).append(text)
        for subject, label in Clause.SUBJECTS:
            self.fields[f"words_{subject}"] = forms.CharField(
                label=f"{label}: our rules in words",
                required=False,
                max_length=5000,
                initial="\n\n".join(written.get(subject, [])),
                widget=forms.Textarea(attrs={"rows": 5}),
                help_text="An empty line between two rules.",
            )

    def _offer_protocols(self) -> None:
        """Those the set can choose, and its own that it follows, should that be put away."""
        choices = ways(self.instance.learning_set)
        now = Variant.objects.called(self.instance.learning_set_id, self.instance.protocol)
        if now and now.key not in dict(choices):
            choices.append((now.key, now.label))
        self.fields["protocol"] = forms.ChoiceField(
            label="Agenda",
            choices=choices,
            help_text="What a meeting follows. For one meeting you can choose another, aloud.",
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for subject, _ in Clause.SUBJECTS:
            if any(len(text) > 1000 for text in self._paragraphs(subject)):
                self.add_error(f"words_{subject}", "Keep each rule below 1000 characters.")
        if not any(self._paragraphs(subject) for subject, _ in Clause.SUBJECTS):
            raise ValidationError("Write at least one rule in words.")
        return data

    def _paragraphs(self, subject: str) -> list[str]:
        words = self.cleaned_data.get(f"words_{subject}") or ""
        return [text.strip() for text in re.split(r"(?:\r?\n\s*){2,}", words) if text.strip()]

    def clauses(self) -> list[tuple[str, str]]:
        return [(s, text) for s, _ in Clause.SUBJECTS for text in self._paragraphs(s)]

    def settings(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def sections(self) -> list[tuple[str, Any, list[Any]]]:
        """For the page: each subject with its words and its settings."""
        return [
            (
                dict(Clause.SUBJECTS)[subject],
                self[f"words_{subject}"],
                [self[name] for name in names],
            )
            for subject, names in self.SUBJECT_FIELDS
        ]


class AnswerForm(forms.Form):
    """An answer to the words of one version; `about` says which its writer had before them."""

    about = forms.UUIDField(required=False, widget=forms.HiddenInput)
    says = forms.ChoiceField(
        label="Can you live with this?",
        choices=[("yes", "Yes, I can live with this"), ("no", "Not yet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
    )
    would_let = forms.CharField(
        label="If not yet: what would let you?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Your set reads this. It opens your next meeting.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("says") == "no" and not data.get("would_let"):
            self.add_error("would_let", "Say in a few words what would let you live with it.")
        return data
