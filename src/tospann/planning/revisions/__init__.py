"""The plan as it was: two revisions side by side, and every page as of a date."""
