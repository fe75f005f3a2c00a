"""Projects, phases, gates, goals, success criteria and who holds which role."""
