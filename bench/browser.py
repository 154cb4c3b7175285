"""A visitor with one connection that stays open, as a browser's does."""

import re
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from bench.community import PASSWORD

TOKEN = re.compile(r'name="csrf[-_]token" (?:content|value)="([^"]+)"')
ENCODINGS = "gzip, deflate, br, zstd"  # what browsers offer


class Browser:
    """Asks for pages and counts what comes back; signs in where a name is given."""

    def __init__(self, port: int, username: str = "") -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.token = ""
        if username:
            self._sign_in(username)

    def get(self, path: str, encodings: str = ENCODINGS) -> bytes:
        """The page as it was sent; anything but a page is an error."""
        status, body = self.ask("GET", path, headers={"Accept-Encoding": encodings})
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        return body

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, bytes]:
        """Send a form as the page's scripts do."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.token,
            "Accept": "application/json",
        }
        return self.ask("POST", path, urlencode(fields), headers)

    def ask(
        self, verb: str, path: str, body: str | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        """One request; cookies are kept."""
        sent = {"Accept": "text/html", "Accept-Language": "en", **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(verb, path, body, sent)
        response = self.connection.getresponse()
        self._keep_cookies(response)
        return response.status, response.read()

    def connect_anew(self) -> None:
        """Leave the connection; the next request opens another."""
        self.connection.close()

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie", []):
            self.cookies.update({name: c.value for name, c in SimpleCookie(line).items()})

    def _sign_in(self, username: str) -> None:
        self._read_token("/login")
        form = {"login": username, "password": PASSWORD, "csrf_token": self.token}
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        status, _body = self.ask("POST", "/login", urlencode(form), headers)
        if status != 302:
            raise RuntimeError(f"{username} could not sign in: {status}")
        self._read_token("/about")

    def _read_token(self, path: str) -> None:
        found = TOKEN.search(self.get(path, encodings="identity").decode())
        if found is None:
            raise RuntimeError(f"{path} has no token")
        self.token = found[1]
