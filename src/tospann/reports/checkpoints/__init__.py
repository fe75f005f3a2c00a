"""Checkpoint reports: from whoever answers for a work package to the project manager."""
