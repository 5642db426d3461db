"""What was asked for, in words: a line below a table, and what is said where nothing is found."""
