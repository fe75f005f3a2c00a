"""The pages of projects: the list, goals, team, settings, history."""
