"""Each e-mail's two parts beside each other, in a page of the docs for a browser."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from tests.emails.scenes import Scene
from tests.emails.showing import CHANCE
from tests.serving import ROOT
from tests.sets.mailbox import Mail

PAGE = ROOT / "docs" / "emails.html"
HEAD = """\
<!doctype html>
<html lang="en-GB">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The e-mails</title>
<style>
body { font: 16px/1.5 sans-serif; margin: 2em auto; max-width: 80em; padding: 0 1em; }
div { display: flex; flex-wrap: wrap; gap: 1em; align-items: flex-start; }
iframe { border: 1px solid #999; flex: 1 1 30em; min-width: 0; }
pre { flex: 1 1 30em; font-size: 13px; margin: 0; min-width: 0; white-space: pre-wrap; }
</style>
<h1>The e-mails</h1>
<p>Every e-mail of ours as its reader gets it: the HTML part, and beside it the text part. Written by
<code>python -m tests.emails</code>; <a href="emails.md">emails.md</a> says when each is sent.</p>
"""
LINE, AROUND = (
    22,
    150,
)  # pixels that a line of the text takes in the other part, and what is around it


def page(shown: Sequence[tuple[Scene, Mail]]) -> str:
    return HEAD + "".join(_section(scene, mail) for scene, mail in shown)


def _section(scene: Scene, mail: Mail) -> str:
    subject, text, html = (
        escape(CHANCE.sub("…", part)) for part in (mail.subject, mail.text.rstrip(), mail.html)
    )
    height = AROUND + LINE * text.count("\n")
    frame = f'<iframe sandbox loading="lazy" height="{height}" title="{subject}" srcdoc="{html}">'
    return (
        f"<h2>{subject}</h2>\n<p>To {escape(scene.whom)}.</p>\n"
        f"<div>{frame}</iframe>\n<pre>{text}</pre></div>\n"
    )
