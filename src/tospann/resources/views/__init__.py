"""The pages of people's time: a project's load and agreements, the line manager's, capacity."""
