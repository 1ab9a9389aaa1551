"""For all tests: property tests draw the same cases every run, so that a failure is the change's and not the day's."""

from hypothesis import settings

settings.register_profile("vast", derandomize=True, database=None)
settings.load_profile("vast")
