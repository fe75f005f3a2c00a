"""Two plans and their schedules side by side."""
