"""What somebody wrote themselves: without what they answer to, and without their signature.

Losing words is worse than keeping a greeting: what is not surely quoted or a signature stays.
"""

from __future__ import annotations

import re

from mailparser_reply.parser import EmailMessage

LONGEST = 5_000  # characters that are kept
LINE = 200  # a longer line is prose, and is kept from the library's patterns
# not those whose sign-offs or headings begin as an English sentence may ("Tak", "A:")
LANGUAGES = ["en", "de", "pl", "fr", "es", "nl", "cs"]
DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
HEADING = re.compile(r"^\W*[^\W\d_][\w .\-]{0,24}\s?[:：]\s*\S")
RULED = re.compile(r"^\s*[_\-=]{5,}.*$")
BETWEEN = range(5, 63)  # characters between the dashes of -----Original Message-----
WHEN = re.compile(r"\d{4}|\d{1,2}[:.]\d{2}|@")
SENT_FROM = re.compile(
    r"^\W*(sent from|get outlook for|von meinem|gesendet (von|mit)|outlook für|wysłan[eoy] z"
    r"|pobierz aplikację outlook|uzyskaj aplikację outlook|envoyé de|envoyé depuis|enviado desde"
    r"|verstuurd vanaf|verzonden vanaf|أُ?رسلت? من|تم الإرسال من|الحصول على outlook)\b.{0,80}$",
    re.IGNORECASE,
)
SIGN_OFF_LINE, SIGN_OFF_WORDS, SIGN_OFF_LINES = 40, 6, 25


def own(text: str) -> str:
    """The writer's own words, five thousand characters at most."""
    lines = [line.rstrip() for line in text.split("\n")]
    lines = _without_quotation(_without_copy(lines))
    lines = _without_delimited(lines)
    # the library's patterns are slow over much space, and over very much text
    plain = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+", " ", "\n".join(lines)))
    kept = _latest(plain[: 2 * LONGEST])
    kept = _without_device(kept).strip()
    return kept if len(kept) <= LONGEST else f"{kept[: LONGEST - 1]}…"


def _without_copy(lines: list[str]) -> list[str]:
    """Without all below a copied heading: From, Sent, To, Subject in any language, an address in it."""
    for number, line in enumerate(lines):
        block = lines[number : number + 4]
        if not HEADING.match(_bare(line)) or line.startswith(">"):
            continue
        named = [each for each in block if HEADING.match(_bare(each))]
        if len(named) >= 3 and any("@" in each for each in block[:2]):
            return _without_rule(lines[:number])
    for number, line in enumerate(lines):
        after = [each for each in lines[number + 1 : number + 4] if each.strip()]
        if _is_between(line) and after and HEADING.match(_bare(after[0])):
            return _without_rule(lines[:number])
    return lines


def _is_between(line: str) -> bool:
    bare = line.strip()
    words = bare.strip("-").strip()
    return bare[:2] == bare[-2:] == "--" and len(words) in BETWEEN


def _without_rule(lines: list[str]) -> list[str]:
    kept = list(lines)
    while kept and (not kept[-1].strip() or RULED.match(kept[-1])):
        kept.pop()
    return kept


def _bare(line: str) -> str:
    return DIRECTIONS.sub("", line).replace("*", "").strip()


def _without_quotation(lines: list[str]) -> list[str]:
    """Without lines marked `>`, and without the line above that says who wrote them and when."""
    kept: list[str] = []
    within = False
    for line in lines:
        if line.lstrip().startswith(">"):
            if not within:
                _drop_attribution(kept)
            within = True
        else:
            within = within and not line.strip()
            kept.append(line)
    return kept


def _drop_attribution(kept: list[str]) -> None:
    """Take it off the end: one to three lines that end in a colon and tell a time or an address."""
    end = len(kept)
    while end and not _bare(kept[end - 1]):
        end -= 1
    for size in (1, 2, 3):
        piece = [_bare(line) for line in kept[max(0, end - size) : end]]
        if not piece or not all(piece) or not piece[-1].endswith((":", "：")):
            return
        if WHEN.search(" ".join(piece)) and len(" ".join(piece)) < LINE:
            begin = end - len(piece)
            while size < 3 and begin and _goes_on(kept[begin - 1], piece):
                begin, size = begin - 1, size + 1
            del kept[begin:]
            return


def _goes_on(line: str, piece: list[str]) -> bool:
    """Whether the attribution began on the line above: that one tells when, and ends no sentence."""
    above = _bare(line)
    return bool(above and WHEN.search(above) and not above.endswith((".", "!", "?", ":")))


def _without_delimited(lines: list[str]) -> list[str]:
    """Without what stands below `-- `, the mark of a signature (RFC 3676, 4.3)."""
    for number, line in enumerate(lines):
        if line.strip() in ("--", "—") and any(each.strip() for each in lines[:number]):
            return lines[:number]
    return lines


def _latest(text: str) -> str:
    """Without what the library knows as an earlier letter, or as a sign-off that is surely one."""
    long = [line for line in text.split("\n") if len(line) > LINE]
    for number, line in enumerate(long):
        text = text.replace(line, f"\ue000{number}\ue001", 1)
    message = EmailMessage(text, languages=list(LANGUAGES), keep_hyphen_lists=True).read()
    kept = message.replies[0].content if message.replies else text
    kept = _without_sign_off(kept, message.SIGNATURE_REGEX)
    for number, line in enumerate(long):
        kept = kept.replace(f"\ue000{number}\ue001", line)
    return kept


def _without_sign_off(text: str, pattern: re.Pattern[str]) -> str:
    found = pattern.search(text)
    while found:
        if _is_sign_off(found[0]):
            return text[: found.start()]
        # a line further on, past the blank ones that the pattern begins with
        next_line = text.find("\n", found.start() + len(found[0]) - len(found[0].lstrip()))
        found = pattern.search(text, next_line + 1) if next_line >= 0 else None
    return text


def _is_sign_off(signature: str) -> bool:
    """Whether it begins with a short line of its own; `Thanks, that worked because …` is prose."""
    lines = [line for line in signature.strip().split("\n") if line.strip()]
    first = lines[0] if lines else ""
    short = len(first) <= SIGN_OFF_LINE and len(first.split()) <= SIGN_OFF_WORDS
    return short and len(lines) <= SIGN_OFF_LINES and not any("\ue000" in line for line in lines)


def _without_device(text: str) -> str:
    """Without the last line where a telephone put its name there."""
    lines = text.rstrip().split("\n")
    while len(lines) > 1 and (not lines[-1].strip() or SENT_FROM.match(_bare(lines[-1]))):
        lines.pop()
    return "\n".join(lines)
