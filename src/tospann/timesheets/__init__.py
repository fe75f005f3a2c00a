"""Timesheets: what people have worked on, week by week, from the grid to the plan and the costs."""
