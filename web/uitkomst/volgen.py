"""What the living answer takes along: the comparison and the curve that stand on the page follow what is typed."""

from collections.abc import Iterable

from regels.vraag import VraagFout
from web.formulier.invoer import ANDERS, Invoer
from web.uitkomst.verloopbeeld import Verloopbeeld, show_course
from web.uitkomst.wat_als import asked_before, follow, show_what_if

VERLOOP = f"{ANDERS}verloop"


def following(read: Invoer, items: Iterable[tuple[str, object]]) -> dict[str, object]:
    """The comparison and the curve of ``read`` where the posted ``items`` say that they are there; else nothing."""
    posted = list(items)
    asked = asked_before(posted)
    found: dict[str, object] = {}
    if read.vraag is None:
        return found
    if asked:
        now = read.uitslag()
        found["watals"] = follow(show_what_if(read.formulier, read.vraag, now), read, read.vraag, now, asked)
    if any(name == VERLOOP for name, _ in posted):
        found["verloop"] = _course(read)
    return found


def _course(read: Invoer) -> Verloopbeeld | None:
    assert read.vraag is not None
    try:
        return show_course(read.vraag, read.regels)
    except VraagFout:
        return None
