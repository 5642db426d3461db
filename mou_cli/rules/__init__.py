"""The rules of the field, pure: every function is given all it needs, the day included."""
