"""A whole portfolio at once: tables in, the same rules on every row, tables and a summary out.

It never says other than the single check."""
