"""Mail that comes in, each project's own address, and calendars that others subscribe to."""
