"""Do the tests notice? A sample of small changes to the program, each held against the tests that run through it.

``make mutanten`` runs it, in copies of the work tree: ``python -m tests.mutanten``. The changes come from cosmic-ray.
"""
