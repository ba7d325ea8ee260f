"""What a page of a room offers its reader: the forms in which words are written, and the buttons."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """`composer` is its name in the stream's list of those that are open; `fields` hold what stands."""

    composer: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)  # the fields that are to be written in
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Press:
    """A button outside forms. `about` are the words it stands beside, or bears."""

    url: str
    name: str
    value: str
    about: str


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.presses: list[Press] = []
        self.key = ""
        self._composer, self._area, self._select, self._quote = "", "", "", ""
        self._press: tuple[str, str, str] | None = None
        self._text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        form = self.forms[-1] if self.forms and self._composer else None
        if given.get("id") == "shell":
            self.key = given["data-key"]
        elif "data-composer" in given:
            self._composer = given["data-composer"]
        elif tag == "form" and self._composer:
            self.forms.append(Form(self._composer, given["action"]))
        elif tag == "button" and given.get("formaction"):
            self._press, self._text = (given["formaction"], name, value), ""
        elif tag == "q":
            self._text, self._quote = "", ""
        elif form and tag == "button":
            form.buttons.append((name, value))
        elif form and name:
            self._field(form, tag, given)
        elif form and tag == "option" and self._select:
            form.choices.setdefault(self._select, []).append(value)
            if "selected" in given:
                form.fields[self._select] = value

    def _field(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, value, kind = given["name"], given.get("value", ""), given.get("type", "")
        if tag == "textarea":
            self._area, self._text = name, ""
            form.words.append(name)
        elif tag == "select":
            self._select = name
        elif kind in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(value)
        elif tag == "input" and name not in ("csrfmiddlewaretoken", "deed"):
            form.fields[name] = value

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self.forms[-1].fields[self._area] = self._text
            self._area = ""
        elif tag == "select":
            self._select = ""
        elif tag == "details":
            self._composer = ""
        elif tag == "q":
            self._quote = self._text
        elif tag == "li":
            self._quote = ""
        elif tag == "button" and self._press:
            self.presses.append(Press(*self._press, about=self._quote or self._text))
            self._press = None
