"""Each e-mail as it goes out, in a page of the docs and as files to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.apps import apps

from setwise.outbox.trial import WORDS
from tests.emails.of_actions import SCENES as OF_ACTIONS
from tests.emails.of_meetings import SCENES as OF_MEETINGS
from tests.emails.of_sets import SCENES as OF_SETS
from tests.emails.scenes import Scene
from tests.serving import ROOT
from tests.sets.mailbox import Mail

PAGE = ROOT / "docs" / "emails.md"
SCENES: tuple[Scene, ...] = (*OF_SETS, *OF_MEETINGS, *OF_ACTIONS)
CHANCE = re.compile(r"\b(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Za-z0-9_-]{30,})(?=/|\b)")
HEAD = """\
# The e-mails

Every e-mail of ours as its reader gets it: here its text part; [emails.html](emails.html), opened in a
browser, shows the HTML part beside it. Both pages are written by `python -m tests.emails`, which plays
the demo's case; `python -m tests.emails FOLDER` writes each part as a file of its own, too. `…` stands
for what is different each time. Letters about a meeting carry its invitation as well. A reminder's foot
is the way out of its kind.
"""
TRIAL = """
## A trial letter from Setwise

When an operator runs `bin/setwise mail test ADDRESS`; to that address, as text alone.

```text
{words}
```
"""


def templates() -> set[str]:
    """The name of every e-mail template that is ours."""
    found = set()
    for app in apps.get_app_configs():
        folder = Path(app.path) / "templates"
        if app.name.startswith("setwise."):
            found |= {
                str(path.relative_to(folder)).removesuffix(".subject.txt")
                for path in folder.rglob("*.subject.txt")
            }
    return found


def page(shown: Sequence[tuple[Scene, Mail]]) -> str:
    trial = TRIAL.format(words=WORDS.format(origin="https://sets.example").strip())
    return HEAD + "".join(_section(scene, mail) for scene, mail in shown) + trial


def files(shown: Sequence[tuple[Scene, Mail]]) -> Iterator[tuple[str, str]]:
    """The name and the words of each file to look at."""
    for number, (scene, mail) in enumerate(shown, start=1):
        name = f"{number:02}-{scene.template.rpartition('/')[2]}"
        yield f"{name}.html", mail.html
        yield f"{name}.txt", f"Subject: {mail.subject}\n\n{mail.text}"


def _section(scene: Scene, mail: Mail) -> str:
    text = CHANCE.sub("…", mail.text).rstrip()
    return (
        f"\n## {CHANCE.sub('…', mail.subject)}\n\n"
        f"When {scene.when}; to {scene.whom} (`{scene.template}`).\n\n```text\n{text}\n```\n"
    )
