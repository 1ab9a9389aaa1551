"""The form: its fields, what was typed in them, and how it was read; never an answer."""
