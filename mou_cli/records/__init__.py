"""Changes: what is declared becomes planned changes, and planned changes become rows and journal."""
