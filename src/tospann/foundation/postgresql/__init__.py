"""Django's PostgreSQL backend, which need not ask a server whether it is still there."""
