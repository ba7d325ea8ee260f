from __future__ import annotations

import uuid

import pytest
from django.core.exceptions import FieldError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from setwise.people.models import Person
from setwise.room.models import Question
from setwise.vault import keys, sealing, serverkey
from setwise.vault.models import Key

pytestmark = pytest.mark.django_db
ROW = uuid.UUID(int=7)


@given(words=st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_words_come_back_as_they_were(words: str) -> None:
    key = keys.make_key()
    sealed = sealing.seal(words, key_id=key.id, context="question.text", row_id=ROW)
    assert words.encode("utf-8", "surrogatepass") not in sealed or len(words) < 3
    opened = sealing.unseal(sealed, key_id=key.id, context="question.text", row_id=ROW)
    assert opened == words


def test_words_moved_to_another_row_column_or_key_do_not_open() -> None:
    key, other = keys.make_key(), keys.make_key()
    sealed = sealing.seal("between us", key_id=key.id, context="question.text", row_id=ROW)
    for change in (
        {"row_id": uuid.UUID(int=8)},
        {"context": "option.text"},
        {"key_id": other.id},
    ):
        where = {"key_id": key.id, "context": "question.text", "row_id": ROW} | change
        with pytest.raises(sealing.Tampered) as raised:
            sealing.unseal(sealed, **where)  # type: ignore[arg-type]
        assert "between us" not in repr(raised.value)


def test_changed_words_do_not_open() -> None:
    key = keys.make_key()
    sealed = sealing.seal("between us", key_id=key.id, context="a.b", row_id=ROW)
    for broken in (sealed[:-1] + bytes([sealed[-1] ^ 1]), b"\x02" + sealed[1:], b""):
        with pytest.raises(sealing.Tampered):
            sealing.unseal(broken, key_id=key.id, context="a.b", row_id=ROW)


def test_a_destroyed_key_opens_nothing_even_if_it_was_in_use() -> None:
    key = keys.make_key()
    sealed = sealing.seal("between us", key_id=key.id, context="a.b", row_id=ROW)
    assert sealing.unseal(sealed, key_id=key.id, context="a.b", row_id=ROW) == "between us"
    keys.destroy(key.id)
    assert bytes(Key.objects.get(pk=key.id).wrapped) == b""
    with pytest.raises(sealing.KeyGone):
        sealing.unseal(sealed, key_id=key.id, context="a.b", row_id=ROW)


def test_keys_at_hand_are_read_in_one_query(django_assert_num_queries: object) -> None:
    made = [keys.make_key() for _ in range(5)]
    sealed = [sealing.seal("x", key_id=k.id, context="a.b", row_id=ROW) for k in made]
    with django_assert_num_queries(1), sealing.keys_at_hand(k.id for k in made):  # type: ignore[operator]
        for key, words in zip(made, sealed, strict=True):
            sealing.unseal(words, key_id=key.id, context="a.b", row_id=ROW)


@pytest.mark.parametrize("lookup", ["exact", "contains", "in", "gt", "startswith"])
def test_sealed_columns_cannot_be_looked_up(lookup: str) -> None:
    value = [b"x"] if lookup == "in" else b"x"
    with pytest.raises(FieldError):
        list(Question.objects.filter(**{f"text_sealed__{lookup}": value}))
    assert not Question.objects.filter(text_sealed__isnull=True).exists()


def test_a_wrong_server_key_is_one_clear_sentence(tmp_path: object, settings: object) -> None:
    Person.objects.create_user("a@setwise.example", "A")
    serverkey.verify()
    settings.SETWISE_KEY = serverkey.make().line()  # type: ignore[attr-defined]
    keys._unwrapped.cache_clear()
    with pytest.raises(serverkey.KeyTrouble, match="not the one this database was sealed with"):
        serverkey.verify()


def test_a_missing_key_file_is_never_made_anew_over_sealed_words(
    tmp_path: object, settings: object
) -> None:
    Person.objects.create_user("a@setwise.example", "A")
    settings.SETWISE_KEY_FILE = f"{tmp_path}/none.key"  # type: ignore[attr-defined]
    with pytest.raises(serverkey.KeyTrouble, match="key file is missing"):
        serverkey.ensure()


def test_rotation_rewraps_and_words_still_open(tmp_path: object, settings: object) -> None:
    from pathlib import Path

    path = Path(f"{tmp_path}/ring.key")
    settings.SETWISE_KEY_FILE = path  # type: ignore[attr-defined]
    assert serverkey.ensure()
    assert path.stat().st_mode & 0o777 == 0o600
    key = keys.make_key()
    sealed = sealing.seal("still here", key_id=key.id, context="a.b", row_id=ROW)
    old = serverkey.ring()
    serverkey.write((serverkey.make(), *old))
    assert keys.rewrap_all() == Key.objects.filter(destroyed_at=None).count()
    serverkey.write(serverkey.ring()[:1])
    keys._unwrapped.cache_clear()
    assert sealing.unseal(sealed, key_id=key.id, context="a.b", row_id=ROW) == "still here"
