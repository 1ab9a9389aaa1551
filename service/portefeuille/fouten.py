"""What can be wrong with a portfolio as a whole; a single row that is wrong is rejected, see ``keuren``."""


class PortefeuilleFout(Exception):
    """The run cannot start or go on. The text is Dutch, for the user, and holds no value of a cell."""


class Afgebroken(Exception):
    """Someone asked to stop, or the time is up; nothing half is left behind."""
