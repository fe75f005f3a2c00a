"""The pages of a closing, and of lessons."""
