"""Signing in through OpenID Connect: which providers, what is believed, who comes in."""
