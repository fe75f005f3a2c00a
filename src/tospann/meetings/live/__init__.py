"""A meeting while it is held: several people write the minutes at once, and nothing is lost."""
