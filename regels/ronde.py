"""The huurronde: the year in which a rent increase falls, from 1 July."""

from datetime import date


def begin_of_round(huurronde: int) -> date:
    """1 July of this year: the first day of the huurronde, and the day on which most increases take effect."""
    return date(huurronde, 7, 1)


def round_of(day: date) -> int:
    """The huurronde that ``day`` lies in: a round runs from 1 July up to and including 30 June."""
    return day.year if day >= begin_of_round(day.year) else day.year - 1
