"""What every answer says to a browser about itself."""

from __future__ import annotations

import pytest
from django.test import Client

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/login/", "/healthz/", "/", "/nowhere/"])
def test_nothing_from_elsewhere_runs_in_a_page(client: Client, path: str) -> None:
    said = client.get(path)["Content-Security-Policy"]
    assert {each.strip() for each in said.split(";")} == POLICY
