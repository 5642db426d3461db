"""The commands: each parses what was typed, calls the rooms below, and shows what comes back."""
