"""People, the organisation, sign-in, deputies and API tokens."""
