"""Measurements: time for one check, memory over many, checks a second over HTTP. ``python -m bench``."""
