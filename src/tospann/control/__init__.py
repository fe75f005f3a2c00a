"""Following up money against the plan: what was planned, what is earned, what it has cost."""
