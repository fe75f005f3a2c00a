"""The demo: an organisation with three projects, made by the commands its people would give."""
