"""Webhooks: other programs are told that something happened, signed, again until they say yes."""
