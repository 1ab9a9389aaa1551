"""Conditions on the energy label, with what a policy says of doubt and of homes without a label."""

from datetime import date

from regels.beleid.blokken import LABELS, ZONDER_LABEL, Energielabel


def label_is(words: tuple[str, ...], block: Energielabel | None = None) -> str:
    """Whether the home has one of these labels, or none where ``zonder_label`` is among them.

    A home without a label is only asked for when the policy says what becomes of it.
    """
    letter = _letter(words, block)
    if ZONDER_LABEL in words:
        return f"(zonder_energielabel of {letter})" if letter else "(zonder_energielabel)"
    if block is not None and ZONDER_LABEL in block.van("onbekend"):
        return f"({letter})"
    return f"(niet zonder_energielabel en {letter})" if letter else "(nee)"


def _letter(words: tuple[str, ...], block: Energielabel | None) -> str:
    """Whether the label is one of these; one that is doubted may count as the worst."""
    known, others = ([f"'{label}'" for label in LABELS if (label in words) == one] for one in (True, False))
    letter = f"energielabel in ({', '.join(known)})" if known else ""
    if block is None or block.bij_twijfel != "als_slechtste" or not block.onderscheidt or not known:
        return letter
    if LABELS[-1] not in words:
        return f"({letter} en niet label_klopt_niet)"
    return f"({letter} of (energielabel in ({', '.join(others)}) en label_klopt_niet))" if others else letter


def twijfel(block: Energielabel) -> str:
    """When a person must look at the label first; empty when never."""
    return "label_klopt_niet" if block.bij_twijfel == "voorleggen" and block.onderscheidt else ""


def later(block: Energielabel, rondedag: str) -> str:
    """When the label was made after the day that counts; empty when the policy names no such day."""
    if block.peildatum is None or not block.onderscheidt:
        return ""
    named = {"contract": "contract_vanaf", "ingangsdatum": rondedag}
    day = block.peildatum.isoformat() if isinstance(block.peildatum, date) else named[block.peildatum]
    return f"eerste_bekende(label_datum > {day}, nee)"


def opsomming(words: tuple[str, ...]) -> str:
    """Labels in a sentence: ``E, F of G``."""
    plain = [word for word in words if word != ZONDER_LABEL]
    if ZONDER_LABEL in words:
        plain.append("geen label")
    return " of ".join(part for part in (", ".join(plain[:-1]), *plain[-1:]) if part)
