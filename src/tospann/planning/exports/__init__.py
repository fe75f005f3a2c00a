"""The plan to take along: on paper, as a picture, as a table, and to Microsoft Project."""
