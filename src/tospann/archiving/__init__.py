"""Closed projects for the archive: everything they consist of, as files that outlive the portal."""
