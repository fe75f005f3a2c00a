"""Costs out of a file: read confined, mapped, tried as a whole, and recorded all or none."""
