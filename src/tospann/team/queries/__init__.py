"""Reading: what somebody holds, who does what this week, what was delivered, what was said."""
