"""Alembic runs what is here; nothing imports it."""
