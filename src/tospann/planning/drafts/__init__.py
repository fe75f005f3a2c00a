"""Drafts: changes of the plan that are prepared together before anybody decides them."""
