"""How a question was understood, in words: every noun has the parts of a sentence for its filter."""
