"""The first and the last days there are: a sentence beside the field, in whatever zone."""

from __future__ import annotations

import pytest

from tests.meetings.test_forms import FAR, PAST, form

pytestmark = pytest.mark.pure
ZONES = ["Asia/Tokyo", "Pacific/Kiritimati", "America/St_Johns", "Etc/GMT+12", "UTC"]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("time", ["00:00", "12:00", "23:59"])
@pytest.mark.parametrize(
    ("date", "said"),
    [("0001-01-01", PAST), ("0001-01-02", PAST), ("9999-12-30", FAR), ("9999-12-31", FAR)],
)
def test_a_day_that_no_clock_reaches_is_told_beside_its_field(
    date: str, time: str, zone: str, said: str
) -> None:
    assert dict(form(date=date, time=time, zone=zone).errors) == {"date": [said]}
