"""Who is in the set, who is invited, and what each may press."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from setwise.sets import inviting
from setwise.sets.models import Invitation
from setwise.sets.views.people import NO_MAIL_SERVER
from tests.cast import Cast
from tests.sets.gathering import Gathered, gather, join, newcomer
from tests.sets.mailbox import mail, received
from tests.sets.visiting import beside, day, page, queries, signed_in, told

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ANNA, BEN = "anna@elsewhere.example", "ben@elsewhere.example"


def url(gathered: Gathered | Cast) -> str:
    return f"/sets/{gathered.learning_set.id}/people/"


def invite(gathered: Gathered, *emails: str, ago: timedelta = timedelta()) -> list[Invitation]:
    at = timezone.now() - ago
    return inviting.invite(gathered.seat(0), emails=emails, as_facilitator=False, at=at)


@pytest.mark.parametrize(
    ("emails", "said"),
    [
        (f"{ANNA}, {BEN}", "2 invitations are written, but " + NO_MAIL_SERVER),
        (f"Anna <{ANNA}>", "One invitation is written, but " + NO_MAIL_SERVER),
        ("bo@estuary.example", "They are all here or invited already."),
    ],
)
def test_several_are_invited_at_once_and_the_page_says_how_many(
    three: Gathered, emails: str, said: str
) -> None:
    assert told(signed_in(three.people[2]), url(three), emails=emails) == [said]
    assert received("invitation") == {each: 1 for each in (ANNA, BEN) if each in emails}


def test_a_wrong_address_is_named_and_nobody_is_invited(three: Gathered) -> None:
    typed = f"{ANNA}\nBen at home, <ben@>\n"
    answer = signed_in(three.people[0]).post(url(three), {"emails": typed, "as_facilitator": "on"})
    assert beside(answer, "emails") == "This is not an e-mail address: Ben at home, <ben@>"
    html = answer.content.decode()
    assert f">\n{ANNA}\nBen at home, &lt;ben@&gt;\n</textarea>" in html
    assert " checked" in html.partition('name="as_facilitator"')[2].partition(">")[0]
    assert mail() == []


def test_the_page_says_how_each_invitation_stands(three: Gathered) -> None:
    client = signed_in(three.people[1])
    old, waiting, no, yes, withdrawn = (
        invite(three, f"{name}@elsewhere.example", ago=ago)[0]
        for name, ago in (
            ("waiting", timedelta(days=2)),
            ("new", timedelta()),
            ("no", timedelta()),
            ("yes", timedelta()),
            ("withdrawn", timedelta()),
        )
    )
    at = timezone.now()
    Invitation.objects.filter(pk=old.pk).update(expires_at=at - timedelta(seconds=1))
    inviting.decline(no, at=at)
    inviting.accept(yes, newcomer("Yes"), at=at)
    inviting.withdraw(withdrawn, at=at)
    shown = page(client, url(three)).partition("<h3>Invited</h3>")[2].partition("</ul>")[0]
    found = {row.partition("<")[0]: row for row in shown.split("<span>")[1:]}
    assert {email: "Send again" in row for email, row in found.items()} == {
        old.email: True,
        waiting.email: True,
        no.email: False,
    }
    assert "too old now" in found[old.email]
    assert f"open until {day(waiting.expires_at)[:-5]}" in found[waiting.email]
    assert "said no" in found[no.email]


def test_anyone_in_the_set_sends_again_or_withdraws(three: Gathered) -> None:
    (row,) = invite(three, ANNA)
    client, path = signed_in(three.people[2]), f"/sets/{three.learning_set.id}/invitations/{row.id}"
    assert told(client, f"{path}/again/") == [
        "Sent again. The earlier link opens nothing any more."
    ]
    assert received("invitation") == {ANNA: 2}
    assert told(client, f"{path}/withdrawal/") == ["The invitation is withdrawn."]
    assert told(client, f"{path}/withdrawal/") == ["That invitation was answered in the meantime."]
    row.refresh_from_db()
    assert row.withdrawn_at


def test_an_invitation_of_another_set_is_not_there(company: Cast, three: Gathered) -> None:
    (row,) = invite(three, ANNA)
    own, others = signed_in(three.people[0]), signed_in(company.people["member"])
    for step in ("again", "withdrawal"):
        paths = [
            f"/sets/{g.learning_set.id}/invitations/{row.id}/{step}/" for g in (three, company)
        ]
        assert [others.post(path).status_code for path in paths] == [404, 404]
        assert own.post(paths[0]).status_code == 302
    assert received("invitation") == {ANNA: 2}


def test_only_the_facilitator_is_offered_a_suspension(company: Cast) -> None:
    offered = {
        role: [
            words
            for words in ("Suspend access for now", "Give access again", "End the membership")
            if words in page(signed_in(company.people[role]), url(company))
        ]
        for role in ("facilitator", "member")
    }
    assert offered == {
        "facilitator": ["Suspend access for now", "Give access again", "End the membership"],
        "member": ["End the membership"],
    }


def test_without_a_facilitator_any_member_is_offered_to_end_a_membership(three: Gathered) -> None:
    words = page(signed_in(three.people[1]), url(three))
    assert words.count("End the membership") == 2  # of the others, not one's own
    assert "Suspend access" not in words


def test_the_page_takes_as_many_queries_with_many_rows_as_with_one() -> None:
    gathered = gather(1)
    client, before = signed_in(gathered.people[0]), list[int]()
    invite(gathered, ANNA)
    before.append(queries(client, url(gathered)))
    for name in ("Bo", "Chidi", "Delyth"):
        join(gathered.learning_set, newcomer(name))
    invite(gathered, BEN, "carys@elsewhere.example", "dai@elsewhere.example")
    words = page(client, url(gathered))
    assert all(name in words for name in ("Delyth", BEN, "dai@"))
    assert queries(client, url(gathered)) == before[0]


def test_an_address_that_no_letter_can_reach_is_named(three: Gathered) -> None:
    url = f"/sets/{three.learning_set.id}/people/"
    for odd in (f"{'x' * 250}@b.example", "=?utf-8?q?=0a?=@b.example"):
        answer = signed_in(three.people[0]).post(url, {"emails": odd})
        assert beside(answer, "emails") == f"This is not an e-mail address: {odd}"
