"""The readers of one condition tree: two that answer, one for tables, one that proves; a rule never stands here."""
