"""Rows as text: for people in tables and pages, for programs in the formats they read."""
