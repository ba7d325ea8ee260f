"""A set's own way of meeting: written on a page, kept in versions, chosen by its rules."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setwise.project.cli.__main__ import main
from setwise.protocols import shipped
from setwise.protocols.shape import ProtocolError
from setwise.sets import agreeing, following, seats, varying
from setwise.sets.amending import WrittenMeanwhile
from setwise.sets.models import LearningSet, Variant
from setwise.sets.sheet import Sheet
from setwise.sets.starting import start_set
from tests.sets.agreements import propose, say
from tests.sets.gathering import Gathered
from tests.sets.test_rules_pages import filled, path
from tests.sets.visiting import page, queries, signed_in

TEXT = shipped.text_of("half-hour").replace("Half an hour", "Our lunch hour")


def to(three: Gathered, name: str, *args: str) -> str:
    return reverse(f"sets:{name}", args=[three.learning_set.pk, *args])


def body(key: str, **changes: str) -> dict[str, Any]:
    """What the page sends when it was opened on a shipped protocol, with some fields typed over."""
    protocol = shipped.load(key)
    sheet = Sheet.of(protocol, title="Ours", source="")
    fields = {f"{row.name}.{n}": v for row in sheet.rows for n, v in row.values.items()}
    typed = {name.replace("__", "."): value for name, value in changes.items()}
    return {"row": [row.name for row in sheet.rows], **fields, **sheet.head, **typed}


def keep(three: Gathered, text: str = TEXT, after: Variant | None = None) -> Variant:
    return varying.keep(three.seat(0), text=text, after=after, at=timezone.now())


def numbered(number: int) -> str:
    return TEXT.replace("Our lunch hour", f"Our lunch hour {number}")


def labels(three: Gathered) -> list[str]:
    return [label for _, label in LearningSet.objects.get(pk=three.learning_set.pk).own_protocols]


def test_any_member_writes_one_and_it_can_be_chosen(three: Gathered) -> None:
    client = signed_in(three.people[2])
    answer = client.post(to(three, "vary", "classic"), body("classic", summary="Slower"))
    row = Variant.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, to(three, "protocol", row.key))
    assert row.protocol.summary == "Slower"
    assert row.protocol.source.startswith("Our own, from Classic. The three stages")
    assert row.protocol.steps == shipped.load("classic").steps
    edit = page(client, path(three, "edit/"))
    assert f'<option value="{row.key}">Ours</option>' in edit
    assert f'value="{row.key}" selected' in page(client, path(three, f"edit/?protocol={row.key}"))
    client.post(path(three, "edit/"), filled(client, path(three, "edit/")) | {"protocol": row.key})
    client.post(path(three, "edit/"), filled(client, path(three, "edit/")) | {"propose": "1"})
    say(three.learning_set.ground_rules.get(), three.people)
    assert "Agenda: Ours" in page(client, path(three))
    way = following.way_of(agreeing.current_settings(three.learning_set))
    assert (way.key, way.own_text) == (row.key, row.text)


def test_what_cannot_work_is_refused_beside_its_field_and_stays_typed(three: Gathered) -> None:
    client = signed_in(three.people[0])
    url = to(three, "vary", "classic")
    for changes, sentence, typed in (
        ({"minutes": "125"}, "That makes 120, not 125: 5 too few.", 'value="125"'),
        ({"progress__minutes": "ten"}, "Minutes are whole numbers from 1 to 480.", 'value="ten"'),
        ({"round/decide__speaks": "everyone"}, "a stage in which the presenter decides.", "Ours"),
        ({"title": " "}, "Write something here.", "Classic"),
        ({"check-in__everyone": "x" * 501}, "Keep it below 500 characters", "x" * 501),
    ):
        answer = client.post(url, body("classic", **changes))
        words = answer.content.decode()
        assert answer.status_code == 422, changes
        assert sentence in words and typed in words
    assert not Variant.objects.exists()


def test_parts_are_moved_left_out_and_added_without_a_script(three: Gathered) -> None:
    client = signed_in(three.people[0])
    url = to(three, "vary", "classic")
    sent = body("classic", title="Typed", do="without progress")
    answer = client.post(url, sent)
    sheet: Sheet = answer.context["sheet"]
    assert (answer.status_code, sheet.head["title"]) == (200, "Typed")
    assert "progress" not in [row.name for row in sheet.rows]
    again = client.post(url, sent | {"do": "add", "part": "step:lunch", "after": "bidding"})
    assert [row.name for row in again.context["sheet"].rows][2:4] == ["bidding", "lunch"]
    for odd in ("earlier nothing", "dance", "add", "without"):
        assert client.post(url, body("classic", do=odd)).status_code == 200
    assert not Variant.objects.exists()


def test_a_new_version_leaves_what_was_agreed_as_it_was(three: Gathered) -> None:
    first = keep(three)
    say(propose(three.seat(0), protocol=first.key), three.people)
    client = signed_in(three.people[1])
    sent = body("half-hour", title="Our longer hour", minutes="60", round__title="R", in_hand="32")
    assert client.post(to(three, "revise", first.key), sent).status_code == 302
    second = Variant.objects.latest("number")
    assert (second.line, second.number, second.protocol.minutes) == (first.line, 2, 60)
    assert labels(three) == ["Our longer hour, version 2"]
    assert following.way_of(agreeing.current_settings(three.learning_set)).key == first.key
    assert "Agenda: Our lunch hour" in page(client, path(three))
    assert filled(client, path(three, "edit/"))["protocol"] == first.key  # offered still
    with pytest.raises(WrittenMeanwhile):
        keep(three, after=first)
    late = signed_in(three.people[2]).post(to(three, "revise", first.key), sent)
    assert late.status_code == 409 and "Our longer hour" in late.content.decode()
    assert Variant.objects.count() == 2


def test_what_permits_advice_goes_on_saying_so(three: Gathered) -> None:
    client = signed_in(three.people[0])
    client.post(to(three, "vary", "troika"), body("troika", advice=""))
    assert labels(three) == ["Ours (advice permitted)"]
    assert "Ours (advice permitted)" in page(client, path(three, "edit/"))


def test_it_is_put_away_and_taken_out_again(three: Gathered) -> None:
    row, client = keep(three), signed_in(three.people[2])
    client.post(to(three, "at-hand", row.key))
    assert labels(three) == []
    assert "Put away" in page(client, to(three, "protocols"))
    client.post(to(three, "at-hand", row.key), {"out": "1"})
    assert labels(three) == ["Our lunch hour"]
    assert client.post(to(three, "at-hand", "classic")).status_code == 404


def test_the_same_form_sent_twice_keeps_one(three: Gathered) -> None:
    client, url = signed_in(three.people[0]), to(three, "vary", "classic")
    first, again = (client.post(url, body("classic")) for _ in range(2))
    row = Variant.objects.get()
    assert first["Location"] == again["Location"] == to(three, "protocol", row.key)
    another = signed_in(three.people[1]).post(url, body("classic"))
    assert another["Location"] != first["Location"]


def test_the_next_version_sent_twice_is_no_clash_with_oneself(three: Gathered) -> None:
    client, url = signed_in(three.people[0]), to(three, "revise", keep(three).key)
    first, again = (client.post(url, body("half-hour", summary="Slower")) for _ in range(2))
    assert (first.status_code, again.status_code) == (302, 302)
    assert first["Location"] == again["Location"]
    assert client.post(url, body("half-hour", summary="Slower still")).status_code == 409


def test_a_set_keeps_a_dozen(three: Gathered) -> None:
    for number in range(varying.MOST):
        last = keep(three, numbered(number))
    with pytest.raises(ProtocolError, match="Put one away first"):
        keep(three)
    keep(three, after=last)
    answer = signed_in(three.people[0]).post(to(three, "vary", "classic"), body("classic"))
    assert answer.status_code == 422 and "Put one away first" in answer.content.decode()


def test_its_file_is_what_the_command_takes_and_comes_back(
    three: Gathered, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    client = signed_in(three.people[0])
    client.post(to(three, "vary", "classic"), body("classic", title="Naïve “اثنان”"))
    row = Variant.objects.get()
    answer = client.get(to(three, "protocol-file", row.key))
    assert answer["Content-Disposition"] == 'attachment; filename="our-protocol-1.toml"'
    file = tmp_path / "ours.toml"
    file.write_bytes(answer.content)
    assert main(["protocol", "check", str(file)]) == 0
    assert capsys.readouterr().out.startswith("Naïve “اثنان”: 120 minutes")
    with file.open("rb") as sent:
        other = signed_in(three.people[1])
        other.post(to(three, "protocol-from-file"), {"file": sent, "text": ""})
    assert [each.text for each in Variant.objects.all()] == [row.text, row.text]


def test_a_file_that_cannot_work_is_told_in_the_commands_words(
    three: Gathered, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    client = signed_in(three.people[0])
    for text in (TEXT.replace("minutes = 30", "minutes = 31"), "minutes = ", "", "title = 3"):
        answer = client.post(to(three, "protocol-from-file"), {"text": text})
        file = tmp_path / "odd.toml"
        file.write_text(text)
        assert main(["protocol", "check", str(file)]) == 1
        told = [str(each) for each in answer.context["faults"]]
        assert (answer.status_code, told) == (422, capsys.readouterr().err.splitlines())
        assert answer.context["text"] == text
    assert not Variant.objects.exists()


def test_another_sets_protocol_is_none_of_ours(three: Gathered) -> None:
    me, at = three.people[0], timezone.now()
    other = start_set(me, name="Other", purpose="", accent="moss", takes_part="both", at=at)
    row = varying.keep(seats.take(me, other.pk), text=TEXT, at=at)  # mine, in another set
    client = signed_in(me)
    for name in ("protocol", "protocol-file", "vary", "revise"):
        assert client.get(to(three, name, row.key)).status_code == 404
    answer = client.post(
        path(three, "edit/"), filled(client, path(three, "edit/")) | {"protocol": row.key}
    )
    assert answer.status_code == 422


def test_the_page_takes_as_many_queries_for_many_as_for_one(three: Gathered) -> None:
    client = signed_in(three.people[0])
    keep(three)
    one = queries(client, to(three, "protocols"))
    for number in range(5):
        keep(three, numbered(number))
    assert queries(client, to(three, "protocols")) == one


def test_one_kept_by_an_earlier_setwise_is_followed_though_it_would_be_refused_now(
    three: Gathered, client: Client
) -> None:
    row = keep(three)
    Variant.objects.filter(pk=row.pk).update(text=TEXT.replace("minutes = 30", "minutes = 31"))
    say(propose(three.seat(0), protocol=row.key), three.people)
    assert following.way_of(agreeing.current_settings(three.learning_set)).protocol.minutes == 31
    assert "Our lunch hour" in page(signed_in(three.people[0]), to(three, "protocol", row.key))


def test_a_file_that_is_too_long_is_told_so(three: Gathered) -> None:
    client = signed_in(three.people[0])
    sent = SimpleUploadedFile("long.toml", b"#" * (4 * shipped.MOST_TEXT + 2))
    answer = client.post(to(three, "protocol-from-file"), {"file": sent, "text": ""})
    assert answer.status_code == 422
    assert f"Keep the file below {shipped.MOST_TEXT} characters." in answer.content.decode()
