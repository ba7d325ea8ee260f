from __future__ import annotations

from typing import Any

from django import forms

from setwise.coaching import guides
from setwise.people.forms import LinesField
from setwise.sets.models import LearningSet, OwnGuide
from setwise.sets.writing_guides import LONGEST_TEXT, LONGEST_TITLE


class OwnGuideForm(forms.Form):
    title = forms.CharField(
        label="Title",
        max_length=LONGEST_TITLE,
        error_messages={"required": "Give it a title."},
    )
    text = forms.CharField(
        label="Text",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="A blank line begins a paragraph, - a line of a list, ## a heading; *stars* stress.",
        error_messages={"required": "Write the guide."},
    )
    for_facilitator = forms.BooleanField(label="Only for whoever facilitates", required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self, *args: Any, facilitates: bool, row: OwnGuide | None = None, **kw: Any
    ) -> None:
        if row:
            kw["initial"] = {
                "title": row.title,
                "text": row.text,
                "for_facilitator": row.for_facilitator,
                "seen": row.version,
            }
        super().__init__(*args, **kw)
        if not facilitates:
            del self.fields["for_facilitator"]

    @property
    def words(self) -> dict[str, Any]:
        data = self.cleaned_data
        only = data.get("for_facilitator", False)
        return {"title": data["title"], "text": data["text"], "for_facilitator": only}


class SkillsForm(forms.ModelForm[LearningSet]):
    skills = forms.MultipleChoiceField(
        label="We practise", required=False, widget=forms.CheckboxSelectMultiple
    )
    own_skills = LinesField(label="In our own words", help_text="One a line.")

    class Meta:
        model = LearningSet
        fields = ("skills", "own_skills")

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skills"].choices = list(guides.skills(language).items())  # type: ignore[attr-defined]
