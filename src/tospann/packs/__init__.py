"""Template packs: a project's phases, gates, documents and rules as data."""
