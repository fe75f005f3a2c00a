"""The plan: activities and milestones as a projection of revisions, and its one write."""
