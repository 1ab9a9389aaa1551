"""Whom a draft touches, for its report: the same at the command line and in the process of a check."""

from collections.abc import Iterable
from typing import Final

from regels import Regelset
from regels.ronde import begin_of_round
from regels.stand import looptijd

# what every illustrative household has; a set without these fields is not about such households
_FIELDS: Final = frozenset({"kale_huur", "inkomen_opgave"})


def touched(before: Regelset, after: Regelset) -> Iterable[str]:
    """Whom the step from one set to the other touches, in the newest round that differs; no day of now is in it."""
    if not after.velden.keys() >= _FIELDS:
        return ()
    from service.effect.effectwoorden import dagen, effect_kort  # with the column reader, which takes time to import
    from service.effect.illustratief import illustrative

    newest = begin_of_round(looptijd(before)[1].year - 1)
    return effect_kort(before, after, illustrative(before, dagen(before, after, newest)[0].year), newest)
