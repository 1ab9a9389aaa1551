"""The way into a preview: the right, the draft, its rules and its day; then the same application as everybody has."""

from typing import TYPE_CHECKING, Final

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.basis.klok import alsof
from service.basis.vankracht import pin
from service.basis.voorbeeld import KOP, begin, binnen, concept_in, gevraagd
from service.toegang.rechten import Recht
from service.toegang.wacht import Wacht

if TYPE_CHECKING:
    from service.beheer.voorbeelden import Voorbeelden

_SEE_OTHER: Final = 303
_NAME: Final = KOP.decode()


class Voorbeeldweg:
    """Answers whatever begins with ``/concept``, by ``app``. Without ``voorbeelden`` nobody can have the right."""

    def __init__(self, app: ASGIApp, wacht: Wacht, voorbeelden: "Voorbeelden | None") -> None:
        self._app, self._wacht, self._previews = app, wacht, voorbeelden

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # first of all, and for whatever follows: without the right nobody learns which drafts there are
        await self._wacht.laat_door(Request(scope, receive), Recht.REGELS_INZIEN)
        root: str = scope.get("root_path", "")
        path = scope["path"].removeprefix(root)
        asked, name = gevraagd(path), concept_in(path)
        if self._previews is None or not name:
            raise HTTPException(404)
        if asked is None or not binnen(path):
            # without a day one has to be chosen; and a preview begins at its start
            to = f"{root}{asked.pad}/" if asked is not None else f"{root}/beheer/concepten/{name}/voorbeeld"
            await RedirectResponse(to, status_code=_SEE_OTHER)(scope, receive, send)
            return
        regels = await self._previews.regels(asked.concept)
        day = regels.velden["peildatum"]
        if not day.minimum <= asked.dag <= day.maximum:  # type: ignore[operator]
            raise HTTPException(404)
        pin(scope, regels)
        begin(scope, asked)

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[_NAME] = asked.concept
            await send(message)

        with alsof(asked.dag):
            await self._app(scope, receive, marked)
