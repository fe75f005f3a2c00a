"""People's time: how much there is of it, what it is promised to, and what an hour costs."""
