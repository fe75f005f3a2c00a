"""The pages of working together."""
