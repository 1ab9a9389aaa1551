"""What can be wrong with an account or a password. Every text is Dutch, says what to do, and never holds a password."""


class GebruikerFout(ValueError):
    """Something that cannot be done with an account; the text says why, and what to do."""


class ZelfdePersoon(GebruikerFout):
    """Somebody would hold, by two accounts together, what one person never holds."""


class WachtwoordFout(ValueError):
    """A password that cannot be used; the text says what to choose instead."""
