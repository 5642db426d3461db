"""What each record consists of: the name of a field, what it may hold, and the column that keeps it."""
