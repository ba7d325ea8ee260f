from functools import partial

import pytest
from playwright.sync_api import Browser, Error

from tests.serving import Server

pytestmark = pytest.mark.browser


def complain(broken: list[str], error: Error) -> None:
    broken.append(str(error))


def test_demo_link_signs_its_person_in_under_a_name_of_their_own(
    browser: Browser, served: Server
) -> None:
    assert len(served.links) >= 6
    names = set()
    for key in list(served.links)[:2]:
        context = browser.new_context()
        page = context.new_page()
        broken: list[str] = []
        page.on("pageerror", partial(complain, broken))
        page.goto(served.links[key])
        page.locator("main form button").first.click()
        assert page.url.startswith(f"http://{key}.localhost:{served.port}/")
        page.wait_for_url(lambda url: "/enter/" not in url)
        page.goto(f"http://{key}.localhost:{served.port}/account/")
        names.add(page.get_by_label("Name", exact=False).first.input_value())
        assert not broken
        context.close()
    assert len(names) == 2


def test_demo_mail_page_opens_without_signing_in(browser: Browser, served: Server) -> None:
    page = browser.new_page()
    answer = page.goto(f"{served.url}/demo/mail/")
    assert answer
    assert answer.status == 200
    page.close()
