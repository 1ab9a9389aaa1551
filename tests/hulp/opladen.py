"""Somebody who offers a portfolio to a service that runs, as a browser without scripts does."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Final
from urllib.parse import urlencode

from tests.web.pagina import Element, read_page

ADRES: Final = "/portefeuille"
_GRENS: Final = "grens-van-dit-bericht"
_FORM: Final = "application/x-www-form-urlencoded"
_LONGEST: Final = 600.0


@dataclass(frozen=True)
class Antwoord:
    """What the service said, and where it leads to."""

    status: int
    naar: str
    text: str

    @property
    def bladzijde(self) -> Element:
        return read_page(self.text)

    @property
    def words(self) -> str:
        """What is read on the page, with single spaces."""
        return " ".join(self.bladzijde.one("main").text.split())


@dataclass(frozen=True)
class Bezoeker:
    """A visitor of the service on ``port``."""

    port: int

    def ask(self, path: str, body: bytes | None = None, kind: str = _FORM) -> Antwoord:
        """One request: a GET, or a POST of ``body``."""
        line = HTTPConnection("127.0.0.1", self.port, timeout=_LONGEST)
        try:
            method = "GET" if body is None else "POST"
            line.request(method, path, body, {"accept": "text/html"} | ({} if body is None else {"content-type": kind}))
            answer = line.getresponse()
            return Antwoord(answer.status, answer.getheader("location", ""), answer.read().decode("utf-8", "replace"))
        finally:
            line.close()

    def send(self, path: str, fields: Mapping[str, str]) -> Antwoord:
        """Send a form."""
        return self.ask(path, urlencode(fields).encode())

    def upload(self, **files: tuple[str, bytes]) -> Antwoord:
        """Offer files, each with its name, in the fields of the first page."""
        parts = [
            f'--{_GRENS}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode()
            + content
            + b"\r\n"
            for field, (name, content) in files.items()
        ]
        whole = b"".join(parts) + f"--{_GRENS}--\r\n".encode()
        return self.ask(ADRES, whole, f"multipart/form-data; boundary={_GRENS}")

    def couple(self, address: str, **chosen: str) -> Antwoord:
        """Send the form of columns as it came, with some choices of one's own, so that the trial run begins."""
        return self.send(
            f"{address}/koppeling", filled(self.ask(address).bladzijde, "/koppeling") | {"soort": "huurder"} | chosen
        )

    def wait(self, address: str) -> Antwoord:
        """The page of a task when it no longer runs."""
        until = time.monotonic() + _LONGEST
        while time.monotonic() < until:
            answer = self.ask(address)
            if not list(answer.bladzijde.all("progress")):
                return answer
            time.sleep(0.3)
        raise AssertionError("de taak komt niet klaar")

    def judge(self, name: str, content: bytes, **chosen: str) -> str:
        """What is read of a file: what refused it, or the page of its trial run and that of the run itself.

        A result is fetched whole, and then nothing is left.
        """
        offered = self.upload(woningen=(name, content))
        if not offered.naar:
            return offered.words
        try:
            coupled = self.couple(offered.naar, **chosen)
            if not coupled.naar:
                return coupled.words
            trial = self.wait(offered.naar)
            if not self.send(f"{offered.naar}/draaien", {"vorm": "parquet"}).naar:
                return trial.words
            done = self.wait(offered.naar)
            fetched = self.send(f"{offered.naar}/ophalen", {})
            assert fetched.status == 200 or "Gerekend met" not in done.words
            return f"{trial.words} {done.words}"
        finally:
            self.send(f"{offered.naar}/wissen", {})


def filled(page: Element, action: str) -> dict[str, str]:
    """What a browser would send with the form that goes to ``action``, untouched."""
    form = next(form for form in page.all("form") if form.attributes.get("action", "").endswith(action))
    found = {field.attributes["name"]: field.attributes.get("value", "") for field in form.all("input")}
    for select in form.all("select"):
        options = list(select.all("option"))
        chosen = [option for option in options if "selected" in option.attributes] or options
        found[select.attributes["name"]] = chosen[0].attributes["value"]
    return found
