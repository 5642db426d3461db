"""The person at the terminal: questions, conversations made of them, and the editor."""
