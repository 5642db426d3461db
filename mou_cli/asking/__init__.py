"""Asking the person at the terminal: questions, and conversations made of them."""
