"""Inbox and mail outbox."""
