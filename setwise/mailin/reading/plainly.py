"""Plain text from HTML: words and their lines. What it quotes is left out, and marked as quoted."""

from __future__ import annotations

import re
from html.parser import HTMLParser

UNSHOWN = {"script", "style", "head", "title", "template"}
LINES = {
    "p",
    "div",
    "br",
    "tr",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "table",
    "hr",
}
APART = {"p", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6"}
VOID = {"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "embed", "source"}
# what mail programs put around what they quote, and around a signature
QUOTES = {"gmail_attr", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote", "WordSection2Quote"}
SIGNATURES = {"gmail_signature", "moz-signature", "gmail_signature_prefix"}
# in Outlook and its relatives everything from here on is what was answered
ENDS = {"divRplyFwdMsg", "appendonsend", "mail-editor-reference-message-container"}
MARK = "\n>\n"
COMMENT, COMMENT_END = re.compile(r"<!--.*?--!?\s*>", re.DOTALL), re.compile(r"--!?\s*>")
SECTION = re.compile(r"<!\[[^<>]*>?")  # <![if …]>, as Outlook writes it: nothing to read in it


def text(html: str) -> str:
    """The words of a page that somebody wrote as a letter."""
    reader = _Reader()
    reader.feed(_ended(html))
    reader.close()
    lines = (re.sub(r"[ \t\f\v]+", " ", line).strip() for line in "".join(reader.made).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _ended(html: str) -> str:
    """Without what begins and never ends: the parser looks for its end anew from each beginning."""
    last = max((found.end() for found in COMMENT_END.finditer(html)), default=0)
    html = SECTION.sub("", COMMENT.sub("", _before(html, "<!--", last)))
    return _before(html, "<", html.rfind(">") + 1)


def _before(html: str, begin: str, since: int) -> str:
    begun = html.find(begin, since)
    return html[:begun] if begun >= 0 else html


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.made: list[str] = []
        self._left_out = ""  # the tag within which nothing is taken
        self._depth = 0
        self._ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._ended:
            return
        if self._left_out:
            self._depth += tag == self._left_out
            return
        given = dict(attrs)
        classes = set((given.get("class") or "").split())
        if (given.get("id") or "").removeprefix("x_") in ENDS:
            self._ended = True
        elif tag == "blockquote" or classes & QUOTES:
            self._leave_out(tag, "" if classes & QUOTES else MARK)
        elif tag in UNSHOWN or classes & SIGNATURES:
            self._leave_out(tag, "")
        elif tag == "br":
            self.made.append("\n")
        elif tag in LINES:
            self._begin_line(blank=tag in APART)
            self._put("- " if tag == "li" else "")

    def _leave_out(self, tag: str, mark: str) -> None:
        self._put(mark)
        if tag not in VOID:
            self._left_out, self._depth = tag, 1

    def handle_endtag(self, tag: str) -> None:
        if self._left_out:
            self._depth -= tag == self._left_out
            if not self._depth:
                self._left_out = ""
        elif tag in LINES:
            self._begin_line(blank=tag in APART)

    def _begin_line(self, *, blank: bool) -> None:
        """A block stands on lines of its own; two that meet are not two lines apart."""
        written = self.made[-1] if self.made else "\n"
        if blank or not written.endswith("\n"):
            self.made.append("\n\n" if blank else "\n")

    def _put(self, text: str) -> None:
        if text:
            self.made.append(text)

    def handle_data(self, data: str) -> None:
        words = re.sub(r"\s+", " ", data)
        if not (self._left_out or self._ended) and (words.strip() or self._within_a_line()):
            self.made.append(words)

    def _within_a_line(self) -> bool:
        return bool(self.made) and not self.made[-1].endswith("\n")
