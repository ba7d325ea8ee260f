"""People at the real server without a browser: signed in, pressing, and reading their stream."""

from __future__ import annotations

import http.client
import json
import queue
import re
import threading
import urllib.parse
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.serving import Server

PATIENCE = 15.0  # seconds


@dataclass
class Visitor:
    server: Server
    cookies: dict[str, str] = field(default_factory=dict)

    @classmethod
    def signed_in(cls, server: Server, key: str) -> Visitor:
        visitor = cls(server)
        path = urllib.parse.urlsplit(server.links[key]).path
        visitor.get(path)
        assert visitor.post(path).status in (302, 303)
        assert "sessionid" in visitor.cookies
        return visitor

    def get(self, path: str) -> http.client.HTTPResponse:
        return self._ask("GET", path)

    def post(self, path: str, **words: str) -> http.client.HTTPResponse:
        """As the room's own script does, with a number of its own."""
        body = urllib.parse.urlencode({"deed": str(uuid4()), **words})
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.cookies.get("csrftoken", ""),
            "X-Setwise-Room": "1",
            "Origin": self.server.url,
        }
        return self._ask("POST", path, body, headers)

    def _ask(
        self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None
    ) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("localhost", self.server.port, timeout=PATIENCE)
        connection.request(method, path, body, (headers or {}) | self.header)
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                found = re.match(r"([^=]+)=([^;]*)", value)
                assert found
                self.cookies[found[1]] = found[2]
        return answer

    @property
    def header(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": cookies, "Host": f"localhost:{self.server.port}"}

    def watch(self, meeting: str, stream: str = "stream/") -> Stream:
        return Stream(self, meeting, stream)


class Stream:
    """One open stream; `next` gives its messages as they come, and None when it is over."""

    def __init__(self, visitor: Visitor, meeting: str, stream: str) -> None:
        server = visitor.server
        self._connection = http.client.HTTPConnection("localhost", server.port, timeout=60)
        headers = visitor.header | {"Accept": "text/event-stream"}
        self._connection.request("GET", f"/rooms/{meeting}/{stream}", headers=headers)
        self._answer = self._connection.getresponse()
        self.status = self._answer.status
        self.everything = ""
        self._messages: queue.Queue[tuple[str, dict[str, Any]] | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        event = ""
        try:
            while line := self._answer.readline().decode():
                self.everything += line
                if line.startswith("event: "):
                    event = line[7:].strip()
                elif line.startswith("data: "):
                    self._messages.put((event, json.loads(line[6:])))
        except (OSError, http.client.HTTPException, ValueError):
            pass  # the server was killed, or the test has closed us
        self._messages.put(None)

    def next(self) -> tuple[str, dict[str, Any]] | None:
        return self._messages.get(timeout=PATIENCE)

    def until(self, words: str) -> dict[str, Any]:
        """The first message that shows these words in a region."""
        while message := self.next():
            if any(words in html for html in message[1].get("regions", {}).values()):
                return message[1]
        raise AssertionError(f"The stream was over before it said {words!r}.")

    def close(self) -> None:
        self._connection.close()
