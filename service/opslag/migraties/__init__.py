"""Alembic's environment and the one history of the tables. Never a model: those change, a migration does not."""
