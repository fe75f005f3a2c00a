"""Decisions the plan waits for: by when each is needed, and what a week's delay costs."""
