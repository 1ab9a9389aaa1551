"""The cookies: of a session, of a browser that signed in before, and of who is on the way to a provider and back."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

SESSIE: Final = "sessie"
APPARAAT: Final = "apparaat"
REIS: Final = "reis"
_LASTS: Final = {APPARAAT: 180 * 24 * 3600, REIS: 600}


class Koekjes:
    """Sets and reads them. ``veilig``: the service is reached by https, so that a browser sends them nowhere else."""

    def __init__(self, *, veilig: bool) -> None:
        self.veilig = veilig

    def naam(self, welk: str) -> str:
        """What a cookie is called: by https only this very name can have set it, for all of it."""
        return f"{'__Host-' if self.veilig else ''}huurtoets-{welk}"

    def lees(self, request: Request, welk: str) -> str:
        """What the browser holds; empty when it holds nothing."""
        return request.cookies.get(self.naam(welk), "")

    def zet(self, response: Response, welk: str, waarde: str) -> None:
        """Let the browser hold ``waarde``: until it closes, unless it lasts."""
        response.set_cookie(
            self.naam(welk),
            waarde,
            max_age=_LASTS.get(welk),
            path="/",
            secure=self.veilig,
            httponly=True,
            samesite="lax",
        )

    def weg(self, response: Response, welk: str) -> None:
        """Let the browser forget it."""
        response.delete_cookie(self.naam(welk), path="/", secure=self.veilig, httponly=True, samesite="lax")
