"""One file for each version of the tables, numbered in order. Never changed after it was released."""
