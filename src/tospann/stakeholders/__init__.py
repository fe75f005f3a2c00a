"""Contacts, telephone notes and promises."""
