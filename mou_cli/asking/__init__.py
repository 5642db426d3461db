"""Asking the person at the terminal for what is to be recorded."""
