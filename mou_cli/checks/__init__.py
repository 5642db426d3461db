"""What may be wrong with the records: each kind of finding has a code, what it means, and what is to be done."""
