"""A new year of figures: what is to be filled in, from whom it comes, and how what was typed is held against the law.

What lives here reads files, also those of a draft that does not load yet; it never answers a question, never changes a
file, and holds no amount of its own: those stand in ``sets/<eigenaar>/jaarwissel.yaml``. Its face is ``invulling`` of
``invulgroepen``, and ``keur`` and ``verwacht`` of ``jaarkeur`` with the findings of ``keurbevinding``.
"""
