"""A set's home says for a month whose membership was ended, and by whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from setwise.sets import seating
from tests.actions.company import browser, gather, leave, somebody
from tests.sets.visiting import queries
from tests.today.arranging import seat

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MEMBERS = ("amara", "tomasz", "niamh", "yusuf")


def test_it_is_said_to_all_for_a_month_and_of_nobody_who_left() -> None:
    learning_set, at = gather(*MEMBERS), timezone.now()
    own, url = browser(somebody("yusuf")), f"/sets/{learning_set.id}/"
    leave(somebody("niamh"), learning_set)
    before = queries(own, url)
    row = learning_set.memberships.get(person=somebody("tomasz"))
    seating.end(seat("amara", learning_set), row, talked=True, at=at)
    html = own.get(url).content.decode()
    assert f"Amara ended the membership of Tomasz on {at:%-d %B}." in html
    assert html.count("ended") == 1
    assert queries(own, url) == before
    learning_set.memberships.filter(pk=row.pk).update(left_at=at - timedelta(days=31))
    assert "ended the membership" not in own.get(url).content.decode()
    assert "ended by Amara" in own.get(f"{url}people/").content.decode()
