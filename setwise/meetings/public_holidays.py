"""The public holidays of a set's country by date and name, as the package `holidays` knows them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import holidays

ENGLISH = ("en_GB", "en_US")


@lru_cache(maxsize=64)
def between(country: str, first: int, last: int) -> Mapping[date, str]:
    """Those from the year `first` to the year `last`, for an ISO code such as GB or GB-SCT.

    In English where the package has it, else as the country calls them. None where no country is
    chosen, or where the package knows it no more.
    """
    code, _, part = country.partition("-")
    if not code:
        return {}
    years = range(first, last + 1)
    try:
        spoken = holidays.country_holidays(code).supported_languages
        language = next((each for each in ENGLISH if each in spoken), None)
        return dict(
            holidays.country_holidays(code, subdiv=part or None, years=years, language=language)
        )
    except NotImplementedError:
        return {}
