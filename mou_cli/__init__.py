"""mou: the register of a university's agreements and plans."""
