"""Where the register is kept: finding it, reading it, changing it, bringing it up to date."""
