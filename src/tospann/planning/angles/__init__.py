"""The plan seen from other sides: why a date, a board, a calendar, milestones through time."""
