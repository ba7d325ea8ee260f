from datetime import UTC, datetime

import pytest
from django import forms
from django.template import Context, Template

from setwise.ui.templatetags.ui import icon, isolated, when

pytestmark = pytest.mark.once


class Told(forms.Form):
    name = forms.CharField(help_text="As your set knows you.", max_length=10)
    words = forms.CharField(widget=forms.Textarea, required=False)
    day = forms.ChoiceField(choices=[("1", "Monday"), ("2", "Tuesday")], widget=forms.RadioSelect)
    sure = forms.BooleanField(required=False, label="I am sure")


def drawn(name: str, data: dict[str, str] | None = None) -> str:
    form = Told(data)
    return Template("{% load ui %}{% field bound %}").render(Context({"bound": form[name]}))


def test_field_ties_label_and_help_to_its_control() -> None:
    html = drawn("name")
    assert '<label for="id_name">Name' in html
    assert 'aria-describedby="id_name-help"' in html
    assert 'id="id_name-help">As your set knows you.' in html
    assert "aria-invalid" not in html


def test_field_refused_keeps_what_was_typed_with_the_reason_beside_it() -> None:
    html = drawn("name", {"name": "<b>far too long"})
    assert 'value="&lt;b&gt;far too long"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_name-help id_name-error"' in html
    assert 'id="id_name-error"' in html
    assert "at most 10 characters" in html


def test_field_that_may_be_left_empty_says_so() -> None:
    assert "if you like" in drawn("words")
    assert "if you like" not in drawn("name")


def test_field_of_choices_is_a_fieldset_with_a_legend() -> None:
    html = drawn("day")
    assert html.strip().startswith("<fieldset") and "<legend>Day" in html
    assert html.count('type="radio"') == 2


def test_field_of_choices_refused_is_described_as_a_whole() -> None:
    html = drawn("day", {"day": ""})
    assert '<fieldset class="field field--group" aria-describedby="id_day-error">' in html
    assert 'id="id_day-error"' in html


def test_field_of_a_checkbox_has_one_label_beside_it() -> None:
    html = drawn("sure")
    assert 'type="checkbox"' in html
    assert html.count("<label") == 1


def test_errors_say_nothing_until_something_is_wrong() -> None:
    template = Template("{% load ui %}{% errors form %}")
    assert template.render(Context({"form": Told()})).strip() == ""
    refused = template.render(Context({"form": Told({})}))
    assert 'role="alert"' in refused and "data-refused" in refused


def test_icon_is_hidden_from_screen_readers_and_carries_no_style() -> None:
    html = icon("users")
    assert html.startswith("<svg") and "style=" not in html
    assert 'aria-hidden="true"' in html


def test_card_escapes_what_a_person_wrote() -> None:
    html = Template("{% load ui %}{% card %}{{ words }}{% endcard %}").render(
        Context({"words": "<script>"})
    )
    assert '<div class="card stack">&lt;script&gt;</div>' in html


def test_when_is_in_the_readers_zone_with_its_name() -> None:
    at = datetime(2027, 2, 9, 14, 0, tzinfo=UTC)
    assert when(at, "Asia/Kathmandu") == "Tuesday 9 February 2027, 19:45 (Kathmandu time)"
    assert when(at, "America/St_Johns") == "Tuesday 9 February 2027, 10:30 (St Johns time)"


@pytest.mark.parametrize("words", ["Ruth Abercrombie", "1, 2 → 3", "Ward (5)"])
def test_a_name_from_left_to_right_stands_as_it_is(words: str) -> None:
    assert isolated(words) == words


@pytest.mark.parametrize("words", ["مجموعة الثلاثاء", "Set שלום (2)"])
def test_a_name_from_right_to_left_is_kept_from_what_is_beside_it(words: str) -> None:
    assert isolated(words) == f"\u2068{words}\u2069"
