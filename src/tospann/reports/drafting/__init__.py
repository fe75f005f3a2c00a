"""Drafting a status report: the facts, what they say by rule, and the words of each section."""
