"""Anyone signed in starts a set, and anyone in it may say what it is called."""

from __future__ import annotations

import pytest
from django.test import Client

from setwise.sets.models import LearningSet, Membership
from tests.cast import Cast
from tests.sets.gathering import Gathered, gather, newcomer
from tests.sets.visiting import beside, page, signed_in, told

pytestmark = pytest.mark.django_db
NEW = "/sets/new/"
TYPED = {
    "name": "Harbour “set”",
    "purpose": "Who meets\nand what for",
    "accent": "plum",
    "takes_part": "both",
}


@pytest.mark.parametrize(
    ("takes_part", "member", "facilitator"),
    [("member", True, False), ("facilitator", False, True), ("both", True, True)],
)
def test_whoever_starts_a_set_takes_the_seat_they_chose(
    takes_part: str, member: bool, facilitator: bool
) -> None:
    person = newcomer("Anwen")
    answer = signed_in(person).post(NEW, TYPED | {"takes_part": takes_part})
    learning_set = LearningSet.objects.get(started_by=person)
    assert answer.headers["Location"] == f"/sets/{learning_set.id}/people/"
    assert (learning_set.name, learning_set.purpose.splitlines(), learning_set.accent) == (
        TYPED["name"],
        TYPED["purpose"].splitlines(),
        "plum",
    )
    row = Membership.objects.get(learning_set=learning_set)
    assert (row.person, row.is_member, row.is_facilitator) == (person, member, facilitator)


def test_each_set_has_a_key_of_its_own(three: Gathered) -> None:
    other = signed_in(three.people[0])
    other.post(NEW, TYPED)
    rows = LearningSet.objects.filter(started_by=three.people[0])
    assert len({row.key_id for row in rows}) == len(rows) == 2


def test_what_is_refused_says_why_beside_each_field_and_keeps_what_was_typed() -> None:
    client = signed_in(newcomer("Anwen"))
    for wrong in (
        {
            "name": (" ", "Give the set a name."),
            "purpose": ("x" * 2001, "at most 2000 characters"),
            "accent": ("beige", "beige is not one of the available choices"),
            "takes_part": ("", "This field is required."),
        },
        {
            "name": ("x" * 121, "at most 120 characters"),
            "purpose": ("a\0b", "Null characters are not allowed."),
            "takes_part": ("owner", "owner is not one of the available choices"),
        },
    ):
        answer = client.post(NEW, TYPED | {name: text for name, (text, _) in wrong.items()})
        for name, (_, reason) in wrong.items():
            assert reason in beside(answer, name)
        html = answer.content.decode()
        assert f">\n{wrong['purpose'][0]}</textarea>" in html
        assert f'value="{wrong["name"][0]}"' in html
    assert client.post(NEW, TYPED).status_code == 302
    assert LearningSet.objects.filter(started_by__name="Anwen").count() == 1


def test_nobody_starts_a_set_without_signing_in(client: Client) -> None:
    answer = client.post(NEW, TYPED)
    assert answer.headers["Location"].startswith("/accounts/login/")
    assert not LearningSet.objects.filter(name=TYPED["name"]).exists()


def test_the_same_form_sent_twice_starts_one_set() -> None:
    client = signed_in(newcomer("Anwen"))
    first, again = (client.post(NEW, TYPED) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"]
    assert LearningSet.objects.filter(name=TYPED["name"]).count() == 1
    another = client.post(NEW, TYPED | {"takes_part": "member"})
    assert another.headers["Location"] != first.headers["Location"]


def test_anyone_in_the_set_may_rename_it_for_all(three: Gathered) -> None:
    learning_set, words = three.learning_set, {"name": "Tide set", "purpose": "", "accent": "moss"}
    url = f"/sets/{learning_set.id}/about/"
    assert told(signed_in(three.people[1]), url, **words) == ["Saved."]
    assert "<h1>Tide set</h1>" in page(signed_in(three.people[2]), f"/sets/{learning_set.id}/")


def test_somebody_of_another_set_renames_nothing(company: Cast) -> None:
    own = gather(1)
    words = {"name": "Mine now", "purpose": "", "accent": "plum"}
    client = signed_in(own.people[0])
    assert client.post(f"/sets/{company.learning_set.id}/about/", words).status_code == 404
    assert client.post(f"/sets/{own.learning_set.id}/about/", words).status_code == 302
    names = set(LearningSet.objects.values_list("name", flat=True))
    assert names == {"Mine now", company.learning_set.name, "Another set"}


def test_a_name_that_is_refused_is_kept_in_its_field(three: Gathered) -> None:
    url = f"/sets/{three.learning_set.id}/about/"
    answer = signed_in(three.people[0]).post(
        url, {"name": "", "purpose": "Half a thought", "accent": "plum"}
    )
    assert beside(answer, "name") == "Give the set a name."
    assert "Half a thought</textarea>" in answer.content.decode()
    three.learning_set.refresh_from_db()
    assert (three.learning_set.name, three.learning_set.purpose) == ("Estuary set", "")


def test_a_name_that_was_refused_with_the_rest_is_not_the_sets_name_yet(three: Gathered) -> None:
    url = f"/sets/{three.learning_set.id}/about/"
    words = {"name": "Tide set", "purpose": "x" * 2001, "accent": "moss"}
    answer = signed_in(three.people[0]).post(url, words)
    crumbs = answer.content.decode().partition('class="crumbs"')[2].partition("</nav>")[0]
    assert "Estuary set" in crumbs
    assert "Tide set" not in crumbs
