"""Min side: what waits for me."""
