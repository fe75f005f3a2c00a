"""One's own week, and the team's hours."""
