"""The plan as a chart one edits in place: what it is sent, and what it sends back."""
