"""Bringing in hours from a file: read confined, tried whole, recorded whole or not at all."""
