"""The settings that bind are chosen where the rules are written, and read where they are kept."""

from __future__ import annotations

import pytest

from setwise.protocols.shipped import FIRST, shipped
from setwise.sets import agreeing
from setwise.sets.models import GroundRules
from tests.sets.agreements import propose, say
from tests.sets.gathering import Gathered
from tests.sets.test_rules_pages import filled, path
from tests.sets.visiting import beside, page, signed_in


def offered(words: str) -> list[str]:
    options = words.partition('name="protocol"')[2].partition("</select>")[0].split("<option")[1:]
    return [each.partition(">")[2].partition("<")[0] for each in options]


def test_a_set_chooses_its_agenda_among_those_that_stand(three: Gathered) -> None:
    client, url = signed_in(three.people[0]), path(three, "edit/")
    titles = [each.label for each in shipped() if each.key != FIRST]
    assert len(titles) > 1 and offered(page(client, url)) == titles
    body = filled(client, url)
    assert body["protocol"] == "classic"
    client.post(url, body | {"protocol": "open-floor", "propose": "1"})
    rules = three.learning_set.ground_rules.get()
    say(rules, three.people)
    assert agreeing.current_settings(three.learning_set).protocol == "open-floor"
    title = next(each.title for each in shipped() if each.key == "open-floor")
    assert f"Agenda: {title}" in page(client, path(three))
    assert filled(client, url)["protocol"] == "open-floor"


@pytest.mark.parametrize("key", [FIRST, "", "nothing", "classic\0", "../classic"])
def test_an_agenda_that_is_none_or_the_first_meetings_is_refused(three: Gathered, key: str) -> None:
    client, url = signed_in(three.people[0]), path(three, "edit/")
    answer = client.post(url, filled(client, url) | {"protocol": key})
    assert beside(answer, "protocol")
    assert not three.learning_set.ground_rules.exists()


def test_an_agenda_that_this_installation_knows_no_more_has_its_own_name(three: Gathered) -> None:
    rules = propose(three.seat(0))
    say(rules, three.people)
    GroundRules.objects.filter(pk=rules.pk).update(protocol="of-a-guest")
    assert "Agenda: of-a-guest" in page(signed_in(three.people[0]), path(three))


def test_what_is_erased_when_is_said_where_it_is_chosen_and_where_it_is_read(
    three: Gathered,
) -> None:
    client = signed_in(three.people[0])
    words = page(client, path(three, "edit/"))
    assert "Then Setwise erases what was said." in words
    say(propose(three.seat(0)), three.people)
    assert "after the set closes, then erased" in page(client, path(three))
