"""Document templates: definitions of what people fill in."""
