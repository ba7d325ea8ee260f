"""The components that pages are built from."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from functools import cache

from django import forms, template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide as drawn

from setwise.ui import zones

register = template.Library()


@register.simple_tag
@cache
def icon(name: str) -> str:
    """A lucide icon, hidden from screen readers: it always stands beside a word."""
    return drawn(name, size=20, aria_hidden="true", focusable="false")


@register.simple_tag
def field(bound: BoundField, one_of_several: bool = False, label: str = "") -> SafeString:
    """Label, help, control and error of one field, tied together for a screen reader.

    A field that may be left empty says so, unless it is `one_of_several` of which one is needed.
    `label` is for a field that is not ours, in place of its own words.
    """
    widget = bound.field.widget
    described = []
    if bound.help_text:
        described.append(f"{bound.auto_id}-help")
    if bound.errors:
        described.append(f"{bound.auto_id}-error")
    attrs: dict[str, str | bool] = {}
    if type(widget) in (forms.TextInput, forms.Textarea):
        attrs["dir"] = "auto"  # as it is written: some names and words run from right to left
    if label:
        bound.label, attrs["placeholder"] = label, False
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return render_to_string(
        "ui/field.html",
        {
            "field": bound,
            "control": bound.as_widget(attrs=attrs),
            "described": " ".join(described),
            "may_be_empty": not (bound.field.required or one_of_several),
            "is_group": isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple),
            "is_checkbox": isinstance(widget, forms.CheckboxInput),
        },
    )


@register.simple_tag
def errors(form: forms.BaseForm) -> SafeString:
    """What is wrong with a form as a whole; each field's own error stands beside it."""
    return render_to_string("ui/errors.html", {"form": form})


@register.simple_block_tag
def card(content: str) -> SafeString:
    return format_html('<div class="card stack">{}</div>', content)


@register.simple_block_tag
def notice(content: str, kind: str = "info") -> SafeString:
    return format_html('<div class="notice notice--{}" role="note">{}</div>', kind, content)


@register.simple_tag
def when(moment: datetime, zone: str) -> str:
    """Day, date and time in `zone`, with the zone's name: Tuesday 9 February 2027, 14:00 (London)."""
    local = moment.astimezone(zones.zone(zone))
    return f"{formats.date_format(local, 'l j F Y, H:i')} ({zones.called(zone)})"


@register.filter
def clock_time(moment: datetime, zone: str) -> str:
    return moment.astimezone(zones.zone(zone)).strftime("%H:%M")


@register.filter
def zone_time(zone: object) -> str:
    """What people call the time of a zone, whose own name is a machine's: *London time*."""
    return zones.called(str(zone))


@register.filter
def isolated(words: object) -> str:
    """A name in plain text, kept from turning round what stands beside it if it runs from right to
    left; a page has `bdi` for that."""
    text = str(words)
    turns = any(unicodedata.bidirectional(each) in ("R", "AL") for each in text)
    return f"\u2068{text}\u2069" if turns else text
