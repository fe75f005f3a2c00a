"""The write path and nothing else: commands, authority, records, audit, reactions, undo."""
