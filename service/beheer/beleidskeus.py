"""A choice in the form of a rule file: each option is written in its own way, and may ask something further."""

from collections.abc import Callable
from dataclasses import dataclass

from service.beheer.beleidsvakken import KIES, SOORT, LosVak, Pad, Plat, Sleutelvak, Vormlezing, Vormvak


@dataclass(frozen=True)
class Keusoptie:
    """One way to answer a choice.

    ``terug`` gives the content of what stands in a file, and None when that is another option; ``heen`` the other way.
    ``pad`` is where the content stands below the choice.
    """

    woord: str
    inhoud: Vormvak | None
    heen: Callable[[Plat], Plat]
    terug: Callable[[Plat], Plat | None]
    pad: Pad = ()


@dataclass(frozen=True)
class Keusvak:
    """A choice, with what is asked further of the option that was chosen; what belongs to others is not read.

    ``herkomst``: a source and a certainty of its own may stand beside it.
    """

    opties: tuple[Keusoptie, ...]
    herkomst: Sleutelvak | None = None

    def typ(self, waarde: Plat, at: str) -> dict[str, str]:
        """The first option that this is."""
        if self.herkomst is not None and isinstance(waarde, dict):
            names = {veld.sleutel for veld in self.herkomst.velden}
            found = self.herkomst.typ(waarde, at)
            rest: dict[str, Plat] = {key: value for key, value in waarde.items() if key not in names}
            plain = rest["is"] if list(rest) == ["is"] else rest
            return found | self._typ(plain, at)
        return self._typ(waarde, at)

    def _typ(self, waarde: Plat, at: str) -> dict[str, str]:
        for optie in self.opties:
            content = optie.terug(waarde)
            if content is not None:
                inner = optie.inhoud.typ(content, f"{at}.{optie.woord}") if optie.inhoud else {}
                return {f"{at}.{SOORT}": optie.woord} | inner
        return {}

    def lees(self, lezing: Vormlezing, at: str, pad: Pad, moet: bool) -> Plat | None:
        """What belongs to the option that was chosen."""
        name = f"{at}.{SOORT}"
        lezing.waar[pad] = name
        word = lezing.tekst(name)
        optie = next((one for one in self.opties if one.woord == word), None)
        if optie is None:
            if moet or word:
                lezing.fout(name, KIES)
            return None
        value: Plat | None = word
        if optie.inhoud is not None:
            value = optie.inhoud.lees(lezing, f"{at}.{word}", (*pad, *optie.pad), True)
            # a fault in the value of an option is shown at that value
            lezing.waar[pad] = f"{at}.{word}" if isinstance(optie.inhoud, LosVak) else name
        if value is None:
            return None
        return self._met_herkomst(optie.heen(value), lezing, at, pad)

    def _met_herkomst(self, value: Plat, lezing: Vormlezing, at: str, pad: Pad) -> Plat:
        if self.herkomst is None:
            return value
        shown = lezing.waar[pad]
        origin = self.herkomst.lees(lezing, at, pad, False)
        lezing.waar[pad] = shown
        if not isinstance(origin, dict):
            return value
        return (value if isinstance(value, dict) else {"is": value}) | origin


def woord(name: str) -> Keusoptie:
    """An option that is a word in the file."""
    return Keusoptie(name, None, lambda _: name, lambda value: "" if value == name else None)


def sleutel(name: str, inhoud: Vormvak) -> Keusoptie:
    """An option that is a mapping with its name as the key."""
    return Keusoptie(
        name,
        inhoud,
        lambda value: {name: value},
        lambda value: value[name] if isinstance(value, dict) and name in value else None,
        (name,),
    )


def plat(name: str, inhoud: Vormvak) -> Keusoptie:
    """An option that is the mapping itself."""
    return Keusoptie(name, inhoud, lambda value: value, lambda value: value if isinstance(value, dict) else None)


def los(name: str, inhoud: Vormvak) -> Keusoptie:
    """An option that is a text of its own."""
    return Keusoptie(name, inhoud, lambda value: value, lambda value: value if isinstance(value, str) else None)
