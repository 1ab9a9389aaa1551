"""What can be wrong with what is kept. Every text is Dutch, says what to do, and holds no value that was kept."""


class OpslagFout(Exception):
    """Something about the database or the data directory; its text may be shown."""


class GeenOpslag(OpslagFout):
    """There is no database, or it cannot be reached now."""


class AlleenLezen(OpslagFout):
    """The database can be read and not written."""


class OpslagDruk(OpslagFout):
    """Others are writing for too long; trying again helps."""


class SchemaFout(OpslagFout):
    """The tables are those of another version of the product."""


class Botsing(OpslagFout):
    """What was written is there already, or points to what is not there. Says nothing of the values."""


class SleutelFout(OpslagFout):
    """The key of the ledger is missing, or another one than it was written with."""
