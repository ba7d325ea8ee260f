"""Markdown as HTML, in one place: without raw HTML, pictures, or a link that runs a script."""

from __future__ import annotations

from functools import cache

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt


def html(markdown: str) -> SafeString:
    """The text as HTML whose headings begin at the second level: the page has the first.

    HTML in it is shown as it was typed. Links go out without saying where from.
    """
    return SafeString(_renderer().render(markdown))


def line(markdown: str) -> SafeString:
    """The same for a single line, without a paragraph around it."""
    return SafeString(_renderer().renderInline(markdown))


@cache
def _renderer() -> MarkdownIt:
    renderer = MarkdownIt("commonmark", {"html": False, "typographer": True})
    renderer.enable(["table", "replacements", "smartquotes"]).disable(["image", "html_block"])
    renderer.disable("html_inline")
    renderer.core.ruler.push("page", _fit_to_page)
    return renderer


def _fit_to_page(state: object) -> None:
    for token in state.tokens:  # type: ignore[attr-defined]
        if token.type in ("heading_open", "heading_close") and token.tag == "h1":
            token.tag = "h2"
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("rel", "noopener noreferrer nofollow")
