"""Posts to the pages of signing in that nobody means well with; the same for the same seed."""

import random
from typing import Final
from urllib.parse import urlencode

from tests.hulp.vijandig import _WORDS, Request, _written

_ADDRESSES: Final = ["/aanmelden", "/aanmelden", "/account/wachtwoord", "/account/sessies", "/afmelden", "/account"]
_FIELDS: Final = [
    "naam",
    "wachtwoord",
    "terug",
    "oud",
    "nieuw",
    "herhaald",
    "sessie",
    "",
    "\x00",
    "rol",
    "rollen",
    "id",
]
_OWN: Final = [
    "iemand", "paard batterij nietje correct", "alle", "/huurder", "//evil.example", "/\\evil", "beheerder",
    "' OR '1'='1", "iemand'--", "%s%s%n", "a" * 300, "00000000-0000-0000-0000-000000000000",
]  # fmt: skip
_SITES: Final = ["same-origin"] * 6 + ["none", "cross-site", "same-site", "", "x" * 200]


def post(rng: random.Random) -> Request:
    """An address, a body and headers."""
    fields = [
        (rng.choice(_FIELDS), rng.choice([*_WORDS, *_OWN, *_OWN])) for _ in range(rng.choice([0, 1, 3, 3, 4, 7, 40]))
    ]
    kind, body = _written(rng, fields)
    headers = {"content-type": kind, "accept": rng.choice(["text/html", "application/json", "*/*", ""])}
    if site := rng.choice(_SITES):
        headers["sec-fetch-site"] = site
    if rng.random() < 0.2:
        headers["origin"] = rng.choice(["null", "https://toets.example", "https://evil.example", "x" * 500])
    if rng.random() < 0.3:
        held = rng.choice(["x", "a" * 43, "a" * 5_000, "%00", '"', "a=b; c=d", ""])
        headers["cookie"] = f"__Host-huurtoets-sessie={held}; __Host-huurtoets-apparaat={held}.{held}"
    path = rng.choice(_ADDRESSES)
    if rng.random() < 0.2:
        path += "?" + urlencode({rng.choice(["terug", "gewijzigd", "x"]): rng.choice(_OWN)})
    return path, body, headers


def callback(rng: random.Random) -> Request:
    """As :func:`post`, for who comes back from a provider: the address has it all."""
    names = ["state", "code", "error", "iss", "error_description", "session_state", ""]
    query = urlencode(
        [(rng.choice(names), rng.choice([*_WORDS, *_OWN])[:2_000]) for _ in range(rng.randint(0, 5))],
        errors="surrogatepass",
    )
    held = rng.choice(["", "x", "e30=", "W10=", "bnVsbA==", "eyJzdGF0ZSI6ICIifQ==", "====", "a" * 3_000, "\u00e9"])
    cookie = f"__Host-huurtoets-reis={held}".encode().decode("latin-1")
    return f"/aanmelden/terug?{query}", b"", {"cookie": cookie, "accept": "text/html"}
