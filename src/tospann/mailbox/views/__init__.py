"""Pages of the mailbox and of calendars."""
