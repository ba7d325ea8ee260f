"""How a set begins: started, invited, briefed, and its first meeting, which agrees the rules."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.journeys.people import PATIENCE, Somebody
from tests.journeys.postbox import Postbox
from tests.journeys.replaying import CASE, NAMES, next_
from tests.serving import Server

ABOUT = {each["key"]: each for each in CASE["people"]}
CHANGE = "Leave a minute of silence after each check-in."


def address(key: str) -> str:
    return str(ABOUT[key]["email"])


def start(ruth: Somebody, server: Server) -> None:
    """The first person of an empty installation starts the set that she facilitates."""
    link = next(word for word in server.output.split() if "/begin/" in word)
    ruth.page.goto(link)
    ruth.fill("Begin", name=NAMES["ruth"], email=address("ruth"), zone=ABOUT["ruth"]["zone"])
    ruth.page.get_by_role("link", name="Start a set").click()
    given = CASE["set"]
    ruth.fill("Start the set", name="", purpose=given["purpose"], takes_part="facilitator")
    assert ruth.page.locator("[name=purpose]").input_value() == given["purpose"]
    ruth.fill("Start the set", name=given["name"])
    ruth.sees("Now invite people to it")


def fix(ruth: Somebody, title: str, *, minutes_from_now: int) -> None:
    given = CASE["meeting"]
    starts = datetime.now(ZoneInfo(given["zone"])) + timedelta(minutes=minutes_from_now)
    ruth.page.goto(set_home(ruth))
    ruth.page.get_by_role("link", name="Fix a meeting").last.click()
    ruth.fill(
        "Fix the meeting",
        date=f"{starts:%Y-%m-%d}",
        time=f"{starts:%H:%M}",
        minutes=str(CASE["rules"]["meeting_minutes"]),
        zone=given["zone"],
        place=given["place"],
        link=given["link"],
        title=title,
    )
    expect(ruth.page.get_by_role("heading", level=1, name=title)).to_be_visible()


def set_home(person: Somebody) -> str:
    person.go("/")
    path = person.page.get_by_role("link", name=CASE["set"]["name"]).first.get_attribute("href")
    return f"{person.origin}{path}"


def invite(ruth: Somebody, keys: list[str]) -> None:
    """All at once; one address is wrong at first, and nothing that was typed is lost."""
    ruth.page.goto(set_home(ruth))
    ruth.page.get_by_role("link", name="People and invitations").click()
    right = "\n".join(address(key) for key in keys)
    ruth.fill("Send invitations", emails=f"{right}\nnobody at all")
    ruth.sees("This is not an e-mail address: nobody at all")
    assert ruth.page.locator("[name=emails]").input_value().startswith(right)
    ruth.fill("Send invitations", emails=right)
    ruth.sees(f"{len(keys)} invitations are on their way.")


def join(person: Somebody, key: str, box: Postbox) -> None:
    """From the letter, by the briefing, into the set; and yes to its first meeting."""
    person.page.goto(box.link_to(address(key), "invites you"))
    person.sees("What an action learning set is")
    person.sees("It is voluntary.")
    person.sees(CASE["meeting"]["place"])
    person.fill("Yes, I would like to join", name=NAMES[key], zone=ABOUT[key]["zone"])
    person.sees(f"Welcome to {CASE['set']['name']}.")
    answer = "Send apologies" if key == "dele" else "Yes, I am coming"
    person.go("/")
    person.page.get_by_role("link", name="First meeting").first.click()
    person.page.get_by_role("button", name=answer).click()
    person.sees("You sent apologies." if key == "dele" else "You are coming.")


def first_meeting(people: dict[str, Somebody]) -> None:
    """Rules written, agreed by all who are here, and a last word from each."""
    ruth = people["ruth"]
    knock(people)
    ruth.press("Check in")
    people["niamh"].sees("Who are you, what do you do")
    next_(ruth, "what action learning is")
    for subject in ("time", "confidentiality", "attendance", "notes"):
        next_(ruth, f"ground rules: {subject}")
    room = ruth.page.url
    write_rules(ruth)
    ruth.page.goto(room)
    next_(ruth, "can we live with this?")
    for person in people.values():
        person.sees(CASE["ground_rules"][-1]["text"])
        person.write("rules", "Yes, I can live with this")
    ruth.press("All here can live with the rules")
    people["niamh"].sees("Your ground rules are agreed")
    next_(ruth, "our next meetings")
    next_(ruth, "review")
    ruth.write("review", "Keep it", change=CHANGE)
    next_(ruth, "check-out")
    today = datetime.now(ZoneInfo(CASE["meeting"]["zone"])).date().isoformat()
    for key, person in people.items():
        given: dict[str, Any] = next((e for e in CASE["last_actions"] if e["who"] == key), {})
        if given:
            person.write("learning", "Check out", action=given["text"], due_on=today)
        else:
            person.write("learning", "Pass")
    ruth.press("Close the meeting")
    ruth.sees("The meeting is over")


def knock(people: dict[str, Somebody]) -> None:
    """Ruth opens the room from Today, and everyone else comes to its door."""
    people["ruth"].go("/")
    people["ruth"].page.get_by_role("link", name="Go to the room").click()
    people["ruth"].press("Open the room")
    room = urlsplit(people["ruth"].page.url).path
    for key, person in people.items():
        if key != "ruth":
            person.go(room)
            person.press("I am here")
            person.sees("You are at the door")
    expect(
        people["ruth"]
        .page.get_by_role("button", name="Check in")
        .and_(people["ruth"].page.get_by_role("button", name=NAMES["niamh"]))
    ).to_be_visible(timeout=PATIENCE)


def to_clarify(people: dict[str, Somebody]) -> None:
    """From Today to the first round's clarifying questions; Amara presents."""
    ruth = people["ruth"]
    knock(people)
    ruth.press("Check in")
    people["niamh"].sees("how are you here?")
    for title in ("progress", "bidding"):
        next_(ruth, title)
    ruth.press(f"{NAMES['amara']} presents")
    for title in ("present", "clarify"):
        next_(ruth, title)


def write_rules(ruth: Somebody) -> None:
    ruth.page.get_by_role("link", name="Open the ground rules").click()
    ruth.page.get_by_role("link", name="Write the first rules").click()
    words: dict[str, list[str]] = {}
    for clause in CASE["ground_rules"]:
        words.setdefault(clause["subject"], []).append(clause["text"])
    rules = CASE["rules"]
    ruth.fill(
        "Propose to the set",
        **{f"words_{subject}": "\n\n".join(texts) for subject, texts in words.items()},
        **{
            name: str(rules[name])
            for name in ("meeting_minutes", "issues_per_meeting", "air_time", "quorum")
        },
        apologies_notice_hours=str(rules["apologies_notice_hours"]),
        record_readers=rules["record_readers"],
        keep_days_after_close=str(rules["keep_days_after_close"]),
    )
    ruth.sees("Can you live with this?")


def agree(person: Somebody) -> None:
    person.page.goto(set_home(person))
    person.page.get_by_role("link", name="Our ground rules").click()
    person.page.get_by_role("link", name="Read and answer").click()
    person.sees(CASE["ground_rules"][-1]["text"])
    person.fill("Answer", says="yes")
