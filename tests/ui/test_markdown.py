"""Words written as Markdown come back as the same words: read by somebody else's parser."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from setwise.ui import markdown

pytestmark = pytest.mark.pure

SIGNS = "\\`*_{}[]()<>#+-.!|~&=:;\"'$^@%/ \n\t"
WORDS = st.text(st.one_of(st.sampled_from(SIGNS + "ab1"), st.characters(codec="utf-8")))
TAME = {"paragraph_open", "paragraph_close", "inline"}
LIST = TAME | {"bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"}


def parsed(source: str) -> list[Token]:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(source)


def read(tokens: list[Token]) -> str:
    """The text of the paragraphs, with their line ends; anything but plain text fails."""
    paragraphs = []
    for token in tokens:
        if token.type == "inline":
            children = token.children or []
            assert {child.type for child in children} <= {"text", "hardbreak"}
            paragraphs.append(
                "".join("\n" if child.type == "hardbreak" else child.content for child in children)
            )
    return "\n\n".join(paragraphs)


def meant(words: str) -> str:
    paragraphs = "\n".join(markdown.lines(words)).split("\n\n")
    return "\n\n".join(kept for each in paragraphs if (kept := each.strip("\n")))


@given(WORDS)
@example("<script>alert(1)</script> &amp; **bold** [a](http://b.example) ~~no~~")
@example("# no heading\n---\n1. no list\n12) nor this\n- nor this\n+ nor\n===\n> quote\n    code")
@example("| a | b |\n|---|---|\n| 1 | 2 |")
@example("ends with \\\nand \\")
@example("مرحبا *كيف* حالك\n\n\nZażółć _gęślą_ jaźń")
def test_a_block_comes_back_as_it_was(words: str) -> None:
    tokens = parsed(markdown.block(words))
    assert {token.type for token in tokens} <= TAME
    assert read(tokens) == meant(words)


@given(st.lists(WORDS.filter(lambda words: meant(words)), min_size=1, max_size=3))
def test_each_entry_of_a_list_comes_back_as_it_was(entries: list[str]) -> None:
    tokens = parsed("\n".join(markdown.item(words, after=" (Ann)") for words in entries))
    assert {token.type for token in tokens} <= LIST
    starts = [n for n, token in enumerate(tokens) if token.type == "list_item_open"]
    ends = [*starts[1:], len(tokens)]
    found = [read(tokens[start:end]) for start, end in zip(starts, ends, strict=True)]
    assert found == [f"{meant(words)} (Ann)" for words in entries]


@given(WORDS)
def test_a_line_is_one_line(words: str) -> None:
    tokens = parsed(f"# {markdown.text(words)}")
    assert [token.type for token in tokens] == ["heading_open", "inline", "heading_close"]
    assert read(tokens) == " ".join(markdown.lines(words)).strip()


def test_what_would_become_a_link_elsewhere_is_written_as_text() -> None:
    assert markdown.block("www.a.example, https://b.example, c@d.example") == (
        "www\\.a.example, https\\://b.example, c\\@d.example"
    )
