"""The pages of the account and of administration."""
