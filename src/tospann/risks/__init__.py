"""Risks and opportunities, problems and deviations."""
