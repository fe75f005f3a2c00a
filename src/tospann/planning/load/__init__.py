"""What the plan asks of people and other resources week by week, and levelling it."""
