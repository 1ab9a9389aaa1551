"""The contender over HTTP: an application that reads the question as bytes and gives back an answer made beforehand."""

import json

from fastapi import FastAPI, Request, Response

from bench.huishoudens import ALL
from regels import toets
from regels.vraag import read_json

app = FastAPI()
_ANSWER = toets(read_json(json.dumps(next(iter(ALL.values()))))).json()


@app.post("/v1/toetsen")
async def toetsen(request: Request) -> Response:
    """A ready answer, about as long as a real one."""
    await request.body()
    return Response(_ANSWER, media_type="application/json")


@app.get("/gezond")
async def gezond() -> Response:
    """The process runs."""
    return Response()
