"""Quality: what is required and delivered, how it is reviewed and tested, and what failed."""
