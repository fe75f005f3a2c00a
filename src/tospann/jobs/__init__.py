"""Background work: retries, reclaiming, schedule, and confined child processes."""
