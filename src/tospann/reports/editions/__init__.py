"""External editions: a signed report as customers and guests may read it, and nothing besides."""
