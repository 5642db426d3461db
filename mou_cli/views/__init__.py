"""Reads: SQL over a Reader, rows as plain dicts."""
