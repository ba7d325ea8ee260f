"""Messages as Outlook, Gmail, Apple Mail and Exchange write them: what each of them is."""

from __future__ import annotations

import email
from uuid import UUID

import pytest

from setwise.mailin.reading import LARGEST, Incoming, read
from tests.mailin.samples import NAMES, OUR_LETTER, TOKEN, sample

pytestmark = pytest.mark.pure
ADDRESS = f"setwise+{TOKEN}@sets.example"

# what the writer wrote themselves: no quotation, no signature, no telephone's name
WORDS = {
    "outlook-desktop-en": (
        "I rang both ward leaders – that took an hour.\n\n"
        "- one wants earlier notice\n- one wants nothing changed\n\n"
        "Thanks, that list of questions helped me, and I would use it again next time we meet."
    ),
    "outlook-desktop-de": (
        "Ich habe mit beiden gesprochen. Für die Übergabe hören wir jetzt früher auf.\n\n"
        "Nächste Woche frage ich nach."
    ),
    "outlook-desktop-pl": "Zadzwoniłam do obu. Jedna chce dłuższej przerwy, żeby zdążyć.",
    "outlook-desktop-ar": "تحدثت معهما اليوم.",
    "outlook-mobile-en": "Done – both of them said yes.",
    "outlook-web-ar": "اتصلتُ بالممرضتين، كلٍّ على حدة.\n\nسأكتب لهما يوم الخميس.",
    "gmail-web-en": (
        "I rang the first of them. The second is on leave until Thursday, so I\n"
        "wrote her a note instead.\n\n"
        "What I noticed: I had the answer ready before I asked."
    ),
    "gmail-web-pl": "Porozmawiałem z obiema. Wystarczyło zapytać.",
    "gmail-between-the-lines": "I have, both of them & the matron.\n\nBetter than I thought.",
    "apple-mail-en": (
        "I rang both ward leaders, and it went quite differently from what I had expected: "
        "they had talked to each other first.\n\nI would like to tell the set about it.\n\nAmara"
    ),
    "iphone-de": "Noch nicht geschafft, am Donnerstag habe ich Zeit.",
    "iphone-ar": "سألتُ كلتيهما، وكان ذلك أسهل مما ظننت.",
    "below-the-quotation-de": (
        "Ich habe beide angerufen und gefragt, was sie brauchen, statt es ihnen zu sagen.\n\n"
        "Das war neu für mich."
    ),
    "exchange-html-en": (
        "It’s going well: the rota is out,\nand nobody has complained yet.\n\n"
        "- nights first\n- weekends next"
    ),
    "photograph-beside-words": "Here is the wall we made.",
}
KINDS = {
    "calendar": {"outlook-accepts", "gmail-accepts", "apple-declines"},
    "automatic": {
        *("exchange-absence", "outlook-absence-de", "gmail-absence", "receipt", "mailing-list"),
        "delivered-after-all",
    },
    "empty": {"attachment-alone", "quotation-alone"},
    "malformed": {"no-message"},
}
# from which address, given up, for good
BOUNCES = {
    "postfix-no-such-mailbox": (True, True),
    "exchange-no-such-mailbox": (True, True),
    "plain-five-hundred": (True, True),
    "gmail-full-mailbox": (True, False),
    "taken-for-spam": (True, False),
    "gmail-later": (False, False),
}


def test_every_sample_is_looked_at() -> None:
    assert sorted({*WORDS, *BOUNCES, *set().union(*KINDS.values())}) == NAMES


@pytest.mark.parametrize("name", WORDS)
def test_only_the_writers_own_words_are_taken(name: str) -> None:
    found = read(sample(name))
    assert (found.kind, found.words) == ("words", WORDS[name])
    assert found.addresses[0] == ADDRESS


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_words_is_known_for_what_it_is(kind: str) -> None:
    assert {name: read(sample(name)).kind for name in KINDS[kind]} == dict.fromkeys(
        KINDS[kind], kind
    )


@pytest.mark.parametrize("name", BOUNCES)
def test_a_letter_that_came_back_says_from_where_and_whether_for_good(name: str) -> None:
    found = read(sample(name))
    assert found.kind == "bounce"
    assert found.bounce
    assert found.bounce.addresses == ("amara@trust.example",)
    assert (found.bounce.given_up, found.bounce.for_good) == BOUNCES[name]
    assert UUID(OUR_LETTER) in found.bounce.letters


@pytest.mark.parametrize("name", sorted(KINDS["calendar"]))
def test_a_calendars_answer_is_found_in_whichever_part_it_is(name: str) -> None:
    assert b"METHOD:REPLY" in read(sample(name)).calendar


def test_whom_the_server_had_it_for_comes_first() -> None:
    found = read(sample("gmail-web-en"), envelope=["other@sets.example"])
    assert found.addresses[:2] == ("other@sets.example", ADDRESS)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Auto-Submitted: no", "words"),
        ("Auto-Submitted: auto-replied (vacation)", "automatic"),
        ("Auto-Submitted: auto-generated; type=x", "automatic"),
        ("X-Auto-Response-Suppress: DR, OOF, AutoReply", "automatic"),
        ("X-Auto-Response-Suppress: DR, RN, NRN", "words"),
        ("Precedence: junk", "automatic"),
        ("X-Autoreply: yes", "automatic"),
        ("Return-Path: <>", "automatic"),
        ("Subject: Automatic reply: Your action", "automatic"),
        ("Subject: =?utf-8?B?UmU6IEF1dG9tYXRpYyByZXBseTogWW91cg==?=", "words"),  # Re: …
        ("Subject: =?utf-8?B?T2Rwb3dpZWTFuiBhdXRvbWF0eWN6bmE6IFg=?=", "automatic"),
        ("Subject: =?broken?Q?=ZZ", "words"),
    ],
)
def test_headings_say_whether_somebody_wrote_it(heading: str, kind: str) -> None:
    raw = f"From: a@b.example\r\n{heading}\r\n\r\nI rang them.\r\n".encode()
    assert read(raw).kind == kind


def test_what_goes_in_a_circle_is_a_loop() -> None:
    raw = b"Received: from a by b\r\n" * 51 + b"From: a@b.example\r\n\r\nHello\r\n"
    assert read(raw).kind == "loop"


def test_what_is_too_large_is_not_looked_into() -> None:
    raw = sample("gmail-web-en")
    assert read(raw + b"x" * (LARGEST - len(raw))).kind == "words"
    assert read(raw + b"x" * LARGEST) == Incoming("huge")


@pytest.mark.parametrize(("words", "kind"), [("Is it theirs?", "words"), ("", "empty")])
@pytest.mark.parametrize("name", ["postfix-no-such-mailbox", "receipt", "plain-five-hundred"])
def test_what_somebody_attached_is_not_what_they_wrote(name: str, words: str, kind: str) -> None:
    """A bounce, a receipt, a letter of somebody else's, sent on beside a few words or alone."""
    above = (
        f"To: {ADDRESS}\r\nMessage-ID: <1@y.example>\r\n"
        "Content-Type: multipart/mixed; boundary=outside\r\n\r\n--outside\r\n"
        f"Content-Type: text/plain\r\n\r\n{words}\r\n--outside\r\nContent-Type: message/rfc822\r\n\r\n"
    ).encode()
    found = read(above + sample(name) + b"\r\n--outside--\r\n")
    assert (found.kind, found.words, found.bounce) == (kind, words, None)


def test_a_paragraph_begins_like_a_quotation_and_stays() -> None:
    """What only looks like something quoted is somebody's words."""
    for words in (
        "What I asked her:\n\nWhat would help you?",
        "On Monday I rang her. She wrote: come on Thursday.",
        "From: nobody's plan\nTo: one of ours",
        "- first\n- second",
        "Best, of all three, was the first one that we tried with both of the wards.",
        "Tak for that. Takes time, and then it works.",
        "A: yes\nB: no\nC: later",
        "It took -- of course -- an hour.",
    ):
        raw = f"From: a@b.example\r\n\r\n{words}\r\n".encode()
        assert read(raw).words == words


def test_more_than_can_be_kept_ends_in_a_mark() -> None:
    raw = b"From: a@b.example\r\n\r\n" + b"word " * 5000
    words = read(raw).words
    assert (len(words), words[-1]) == (5000, "…")


def test_a_sample_holds_nothing_but_ascii_and_utf_8() -> None:
    """They are the bytes that travel: a checkout must not change their line ends."""
    for name in set(NAMES) - {"no-message"}:
        raw = sample(name)
        raw.decode("utf-8")
        assert raw.count(b"\n") == raw.count(b"\r\n")
        assert email.message_from_bytes(raw)["From"]
