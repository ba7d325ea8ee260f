"""Whose public holidays a set goes around."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from setwise.sets import countries
from setwise.sets.models import LearningSet
from tests.sets.gathering import Gathered

pytestmark = pytest.mark.once


@pytest.mark.pure
def test_the_list_has_countries_and_their_parts_by_name() -> None:
    named = dict(countries.choices())
    assert named["NP"] == "Nepal" and named["GB-SCT"] == "Britain (UK): Scotland"
    assert len(named) == len(countries.choices()) > 500
    assert max(map(len, named)) <= 24  # as the column is long
    assert countries.called("GB-SCT") == "Scotland" and countries.called("GB") == "Britain (UK)"
    assert countries.called("") == ""


@pytest.mark.pure
def test_a_zone_tells_its_country_where_it_can() -> None:
    told = {
        "Europe/London": "GB-ENG",
        "Asia/Kathmandu": "NP",
        "America/St_Johns": "CA-NL",
        "Europe/Berlin": "DE",
        "UTC": "",
    }
    assert {zone: countries.default_for(zone) for zone in told} == told
    assert all(code in dict(countries.choices()) for code in countries.PARTS.values())


@pytest.mark.pure
def test_where_people_are_stands_first_in_the_list() -> None:
    found: Any = countries.grouped(["Europe/London", "Asia/Kathmandu", "UTC"], chosen="IE")
    none, near, far = found
    assert none[0] == "" and near[0] == "Where you are"
    codes = [[code for code, _ in group[1]] for group in (near, far)]
    assert codes[0] == ["GB", "GB-ENG", "GB-NIR", "GB-SCT", "GB-WLS", "IE", "NP"]
    assert sorted([*codes[0], *codes[1], ""]) == sorted(dict(countries.choices()))
    assert countries.grouped(["UTC"]) == list(countries.choices())


@pytest.mark.pure
def test_what_is_no_country_is_refused() -> None:
    countries.validate_country("GB")
    with pytest.raises(ValidationError):
        countries.validate_country("GB-XX")


@pytest.mark.django_db
def test_a_set_is_started_with_the_country_of_its_starter(three: Gathered, client: Client) -> None:
    client.force_login(
        three.people[0], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    page = client.get("/sets/new/").content.decode()
    assert '<option value="GB-ENG" selected>' in page
    words = {"name": "In Wales", "accent": "moss", "takes_part": "member", "country": "GB-WLS"}
    assert client.post("/sets/new/", words).status_code == 302
    started = LearningSet.objects.get(name="In Wales")
    assert started.country == "GB-WLS"
    about = f"/sets/{started.id}/about/"
    assert client.post(about, words | {"country": "Atlantis"}).status_code == 422
    assert client.post(about, words | {"country": ""}).status_code == 302
    started.refresh_from_db()
    assert started.country == ""
