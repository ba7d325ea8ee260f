from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime

import pytest

from setwise.ui import zones
from setwise.ui.templatetags.ui import clock_time, when

pytestmark = pytest.mark.pure
NOON = datetime(2027, 2, 9, 12, 0, tzinfo=UTC)


def test_every_zone_can_be_chosen_the_common_ones_first() -> None:
    groups = dict(zones.choices())
    assert [name for name, _ in groups.pop("Common")] == list(zones.COMMON)
    listed = [name for group in groups.values() for name, _ in group]
    assert sorted(listed) == sorted(zoneinfo.available_timezones() - zones.NO_PLACES)


def test_a_place_is_named_by_itself_within_its_region() -> None:
    groups = dict(zones.choices())
    assert ("Asia/Kathmandu", "Kathmandu") in groups["Asia"]
    assert ("America/St_Johns", "St Johns") in groups["Americas"]
    assert ("America/Indiana/Knox", "Indiana, Knox") in groups["Americas"]
    assert ("US/Eastern", "US/Eastern") in groups["Other names"]


@pytest.mark.parametrize("name", ["Mars/Base", "", "America", "../../etc/passwd", "a\0b"])
def test_a_name_that_is_no_zone_is_utc(name: str) -> None:
    assert zones.zone(name).key == "UTC"
    assert when(NOON, name) == "Tuesday 9 February 2027, 12:00 (UTC time)"
    assert clock_time(NOON, name) == "12:00"


def test_a_zone_is_itself() -> None:
    assert zones.zone("Asia/Kathmandu").key == "Asia/Kathmandu"
