"""Who may see what: rights, shares inside and outside, the rules for sharing, and who has been."""
