"""The mark of an answer: of which question it is. It stands beside the answer, and tells when the fields changed."""

import hashlib
import json

from web.formulier.invoer import BAND, Invoer
from web.formulier.stroken import NAAM, VOLLEDIG


def mark_of(invoer: Invoer) -> str:
    """The mark of the question in ``invoer``, its day and its rules included; empty when there is no question.

    How a value was typed makes no difference, so it is the same for "655,12" and "€ 655.12".
    """
    if invoer.vraag is None:
        return ""
    typed = invoer.formulier.tekst
    slips = sorted((name, text.strip()) for name, text in typed.items() if _of_a_slip(name) and text.strip())
    about = [invoer.vraag.model_dump_json(exclude_none=True), typed.get(BAND, ""), slips, invoer.regels.hash]
    return hashlib.sha256(json.dumps(about).encode()).hexdigest()[:32]


def changed_since(mark: str, invoer: Invoer) -> bool:
    """Whether ``invoer`` is another question than the answer with this mark is of; without a mark there was none."""
    return bool(mark) and mark != mark_of(invoer)


def _of_a_slip(name: str) -> bool:
    own = name.split(".", 2)[-1]
    return own == VOLLEDIG or NAAM.fullmatch(own) is not None
