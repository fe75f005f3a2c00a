"""MØTER: the pages of meetings, from the list to the minutes, and the link in an invitation."""
