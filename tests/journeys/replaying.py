"""Replaying the case's meeting, word for word, with whoever is there."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from setwise.project.demo.case import DEFAULT, read
from tests.journeys.people import PATIENCE, Somebody
from tests.serving import Server

CASE = read(DEFAULT)
NAMES = {each["key"]: each["name"] for each in CASE["people"]}
HOLDS = """
import json
from setwise.room.models import *
from setwise.actions.models import *
key = lambda person: person.email.split("@")[0]
room = Room.objects.order_by("opened_at").last()
rounds = [{
    "presenter": key(r.presenter), "statement": r.words("statement"),
    "first": r.words("first_statement"),
    "presentation": r.words("presentation"), "feedback": r.words("feedback"),
    "questions": [[key(q.author), q.stage, q.words("text"), q.mark] for q in r.questions.all()],
    "options": [[key(o.author), o.words("text")] for o in r.options.all()],
    "actions": [d.action.text() for d in r.decided.order_by("action__decided_at")],
} for r in Round.objects.filter(room=room)]
print("JSON" + json.dumps({
    "rounds": rounds,
    "bids": sorted([key(b.person), b.words("issue"), b.words("why_now")]
                   for b in Bid.objects.filter(passed=False)),
    "progress": sorted([key(p.action.owner), p.state, p.happened(), p.learned()]
                       for p in Progress.objects.all()),
    "learning": sorted([key(c.person), c.words("learning")]
                       for c in CheckOut.objects.filter(room=room, passed=False)),
    "change": Review.objects.get(room=room).words("change"),
}))
"""


def hold_the_meeting(people: dict[str, Somebody]) -> None:
    """From the door to the marks on the questions."""
    ruth = people["ruth"]
    ruth.press("Check in")
    people["niamh"].sees("how are you here?")
    next_(ruth, "progress")
    for given in CASE["last_actions"]:
        people[given["who"]].write(
            "progress",
            "Save",
            within=given["text"],
            state=given["outcome"],
            happened=given["progress"],
            learned=given["learned"],
            shown="1",
        )
    people["amara"].sees(CASE["last_actions"][0]["text"])
    next_(ruth, "bidding")
    bidders = {given["who"]: given for given in CASE["bids"]}
    for key, person in people.items():
        if key in bidders:
            given = bidders[key]
            person.write("bid", "Bid", issue=given["issue"], why_now=given["why_now"])
        elif person is not ruth:  # who facilitates from outside brings no issue
            person.write("bid", "Pass today")
    for given in CASE["rounds"]:
        ruth.press(f"{NAMES[given['presenter']]} presents")
        ruth.sees(f"{NAMES[given['presenter']]}.")
    for number, given in enumerate(CASE["rounds"], 1):
        if number > 1:
            next_(ruth, "break")
        play_round(people, given, number)
    next_(ruth, "review")
    review = CASE["review"]
    ruth.write(
        "review",
        "Keep it",
        helped=review["helped"],
        rule=review["rule_to_discuss"],
        change=review["change"],
    )
    next_(ruth, "check-out")
    leaving = {given["who"]: given for given in CASE["check_out"]}
    for key, person in people.items():
        if key in leaving:
            words = {"learning": leaving[key]["learning"], "action": leaving[key].get("action", "")}
            person.write("learning", "Check out", **words)
        else:
            person.write("learning", "Pass")
    ruth.press("Close the meeting")
    ruth.sees("The meeting is over")
    people["niamh"].sees("The words have left this screen")
    mark_questions(people)


def more(person: Somebody) -> None:
    box = person.page.locator("#more-controls")
    if box.get_attribute("open") is None:
        box.locator("summary").first.click()


def next_(ruth: Somebody, title: str) -> None:
    ruth.press(f"Next: {title}")
    stage = ruth.page.locator(".clock__stage")
    expect(stage).to_have_text(title, ignore_case=True, timeout=PATIENCE)


def play_round(people: dict[str, Somebody], given: dict[str, Any], number: int) -> None:
    ruth, presenter = people["ruth"], people[given["presenter"]]
    next_(ruth, "present")
    for words in filter(None, (given.get("first_statement"), given["statement"])):
        presenter.write("statement", "Say it so", statement=words)
    presenter.write("presentation", "Keep it", presentation=given["presentation"])
    people["bronwen"].sees(given["statement"])
    for stage in ("clarify", "explore"):
        next_(ruth, stage)
        for each in given["questions"]:
            if each["stage"] == stage:
                ask(people[each["who"]], each["text"], lost=each["who"] == "yusuf" and number == 1)
    next_(ruth, "list possible actions")
    presenter.press("Invite the others’ options")
    for each in given["options"]:
        people[each["who"]].write("option", "List it", text=each["text"])
    next_(ruth, "select the action")
    for each in given["actions"]:
        day = (date.today() + timedelta(days=each["due_days"])).isoformat()  # noqa: DTZ011
        presenter.write("action", "I will do this", text=each["text"], due_on=day)
    people["niamh"].sees(given["actions"][0]["text"])
    next_(ruth, "feedback")
    presenter.write("feedback", "Keep it", feedback=given["feedback"]["text"])


def ask(person: Somebody, text: str, *, lost: bool) -> None:
    if not lost:
        person.write("question", "Note the question", text=text)
        return
    box = person.composer("question")
    box.locator("[name=text]").fill(text)
    person.context.set_offline(True)
    box.get_by_role("button", name="Note the question").click()
    expect(box.get_by_text("Not sent yet")).to_be_visible(timeout=PATIENCE)
    person.context.set_offline(False)
    expect(person.page.locator("#region-stage").get_by_text(text)).to_be_visible(timeout=PATIENCE)
    expect(box.locator("[name=text]")).to_have_value("")
    person.complaints = [each for each in person.complaints if "ERR_INTERNET" not in each]


def mark_questions(people: dict[str, Somebody]) -> None:
    names = {"answered": "Answered", "kept": "Keep", "set aside": "Set aside"}
    for given in CASE["rounds"]:
        presenter = people[given["presenter"]]
        presenter.page.goto(presenter.origin + "/")
        presenter.page.locator(".card h2 a").first.click()
        presenter.page.get_by_role("link", name="My round").click()
        for each in given["questions"]:
            row = presenter.page.locator("li", has_text=each["text"])
            row.get_by_role("button", name=names[each["outcome"]], exact=True).click()
            expect(row.locator(".pill")).to_have_text(names[each["outcome"]])


def holds_what_the_case_says(server: Server) -> None:
    held = json.loads(server.ask(HOLDS).split("JSON", 1)[1])
    assert held["rounds"] == [
        {
            "presenter": given["presenter"],
            "statement": given["statement"],
            "first": given.get("first_statement", ""),
            "presentation": given["presentation"],
            "feedback": given["feedback"]["text"],
            "questions": [
                [q["who"], q["stage"], q["text"], q["outcome"]] for q in given["questions"]
            ],
            "options": [[o["who"], o["text"]] for o in given["options"]],
            "actions": [a["text"] for a in given["actions"]],
        }
        for given in CASE["rounds"]
    ]
    assert held["bids"] == sorted([b["who"], b["issue"], b["why_now"]] for b in CASE["bids"])
    assert held["progress"] == sorted(
        [a["who"], a["outcome"], a["progress"], a["learned"]] for a in CASE["last_actions"]
    )
    assert held["learning"] == sorted([c["who"], c["learning"]] for c in CASE["check_out"])
    assert held["change"] == CASE["review"]["change"]


def said() -> list[str]:
    """Every text of the case that was said in confidence, the actions left out."""
    texts = [bid["issue"] for bid in CASE["bids"]] + [CASE["review"]["change"]]
    for given in CASE["rounds"]:
        texts += [given["statement"], given["presentation"], given["feedback"]["text"]]
        texts += [each["text"] for each in given["questions"] + given["options"]]
    return texts + [given["learning"] for given in CASE["check_out"]]


def nothing_in_clear(folder: Path) -> None:
    words = said() + [each["text"] for given in CASE["rounds"] for each in given["actions"]]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert any(path.name.startswith("setwise.sqlite3") for path in files)
    for path in files:
        data = path.read_bytes()
        assert not [text for text in words if text.encode() in data], path.name
