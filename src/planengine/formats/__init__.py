"""Readers for the files other planning tools write."""
