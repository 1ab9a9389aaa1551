"""The contender over HTTP: an application that reads the question as bytes and gives back an answer made beforehand."""

import json
import sys

from fastapi import FastAPI, Request, Response

from bench.geladen import regels
from bench.huishoudens import ALL
from regels import toets
from service.basis.dienst import serve
from service.basis.instellingen import instellingen

app = FastAPI()
_ANSWER = toets(regels().lees(json.dumps(next(iter(ALL.values())))), regels()).json()
_SHORT = json.dumps({"regelset": "x" * 100, "conclusies": [{"tekst": "x" * 200}] * 3})


@app.post("/v1/toetsen")
async def toetsen(request: Request) -> Response:
    """A ready answer, about as long as a real one: whole, or of three decisions."""
    await request.body()
    return Response(_SHORT if request.scope["query_string"] else _ANSWER, media_type="application/json")


@app.get("/gezond")
async def gezond() -> Response:
    """The process runs."""
    return Response()


if __name__ == "__main__":
    # the same server with the same limits, so that only the application differs
    serve(
        "bench.leeg:app",
        instellingen(),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        werkers=int(sys.argv[2]),
        factory=False,
    )
