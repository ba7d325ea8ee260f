"""One person of the cast in a browser context of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect

from tests.room.visiting import Visitor
from tests.serving import Server

PATIENCE = 15_000  # milliseconds
AXE = Axe()


class Somebody:
    """One person's browser; it remembers whatever it complains of."""

    def __init__(self, browser: Browser, origin: str, **options: Any) -> None:
        self.origin = origin
        self.scripted = options.get("java_script_enabled", True)
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.pressed: list[str] = []  # controls of rooms, by name; a composer's own button is none
        self.wrote = 0  # presses to unfold a composer, and to send what was typed into it
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    @classmethod
    def of_demo(cls, browser: Browser, server: Server, key: str, **options: Any) -> Somebody:
        """One person of the demo, signed in by the link it printed for them, on no page yet."""
        somebody = cls(browser, f"http://{key}.localhost:{server.port}", **options)
        cookies = Visitor.signed_in(server, key).cookies.items()
        somebody.context.add_cookies(
            [{"name": name, "value": value, "url": somebody.origin} for name, value in cookies]
        )
        return somebody

    def _hear(self, message: ConsoleMessage) -> None:
        if "status of 422" in message.text:  # a refused form, which the page itself explains
            return
        if message.type == "error" or "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def go(self, path: str) -> None:
        answer = self.page.goto(self.origin + path)
        assert answer
        assert answer.status == 200, path

    def look(self) -> None:
        """Without a script one asks for what changed in a room; with one it is there."""
        if not self.scripted and "/rooms/" in self.page.url:
            self.page.get_by_role("link", name="See what changed").click()

    def press(self, name: str) -> None:
        self.look()
        if "/rooms/" in self.page.url:
            self.pressed.append(name)
        self.page.get_by_role("button", name=name).first.click()

    def fill(self, button: str, **words: str) -> None:
        """Fill the fields of a page by their names, and press its button."""
        for field, text in words.items():
            fill(self.page.locator(f"main [name={field}]"), text)
        self.page.get_by_role("button", name=button, exact=True).click()

    def composer(self, name: str, within: str = "") -> Locator:
        """A composer, unfolded; waits until it is open to this person."""
        self.look()
        found = self.page.locator(f"[data-composer={name}]")
        if within:
            found = found.filter(has_text=within[:40])
        expect(found.first).to_be_visible(timeout=PATIENCE)
        if found.first.get_attribute("open") is None:
            self.wrote += 1
        while found.first.get_attribute("open") is None:  # the page may unfold it at the same time
            found.first.locator("summary").first.click()
            self.page.wait_for_timeout(200)
        return found.first

    def write(self, name: str, button: str, within: str = "", **words: str) -> None:
        """Fill a composer and send it; returns once the server has it."""
        box = self.composer(name, within)
        for field, text in words.items():
            fill(box.locator(f"[name={field}]"), text)
        self.wrote += 1
        if not self.scripted:
            box.get_by_role("button", name=button, exact=True).click()
            return
        with self.page.expect_response(_taken_in) as answer:
            box.get_by_role("button", name=button, exact=True).click()
        assert answer.value.status == 204, answer.value.text()
        # the page has yet to hear of it: only then is the composer emptied, and folded
        expect(self.page.locator("[aria-disabled=true]")).to_have_count(0, timeout=PATIENCE)

    def sees(self, text: str) -> None:
        self.look()
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible(
            timeout=PATIENCE
        )

    def faults_of(self, path: str) -> list[str]:
        """What is wrong with one page, by light and in the dark, which changes colours alone."""
        self.complaints.clear()
        self.go(path)
        found = self.faults()
        self.page.emulate_media(color_scheme="dark")
        found += self.violations("color-contrast")
        self.page.emulate_media(color_scheme="light")
        return found

    def faults(self) -> list[str]:
        """What is wrong with the page as it is: for axe, sideways, or against the policy."""
        self.page.wait_for_load_state()  # a page only just come to has no element yet
        wider = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        sideways = [f"{wider} pixels too wide"] if wider > 0 else []
        return self.violations() + sideways + self.complaints

    def violations(self, *rules: str) -> list[str]:
        """What axe finds on the page as it is now: by these rules, or by all that it has."""
        only = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
        answer = AXE.run(self.page, options={"resultTypes": ["violations"]} | only)
        found = answer.response["violations"]
        return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]


def _taken_in(answer: Response) -> bool:
    """Whether this answers something that was sent, and not a question to the coach."""
    return answer.request.method == "POST" and not answer.url.endswith("/coach/")


@contextmanager
def gathered(
    browser: Browser, server: Server, looks: Mapping[str, Mapping[str, Any]] | Iterable[str]
) -> Iterator[dict[str, Somebody]]:
    """These people of the demo, each in a browser of their own as they look at it; gone in the end."""
    each = looks if isinstance(looks, Mapping) else {key: {} for key in looks}
    people = {key: Somebody.of_demo(browser, server, key, **look) for key, look in each.items()}
    yield people
    for person in people.values():
        person.context.close()


def fill(control: Locator, text: str) -> None:
    """Fill a field as a person would, whatever kind it is."""
    if control.first.get_attribute("type") in ("radio", "checkbox"):
        control.and_(control.page.locator(f"[value='{text}']")).check()
    elif control.first.evaluate("node => node.localName") == "select":
        control.select_option(text)
    else:
        control.fill(text)
