"""What templates take from the capabilities below this one; those above register their own."""

from tospann.blanks.sources import contacts, frame, stakeholders, team


def register_all() -> None:
    """Called once, when the portal starts."""
    for part in (frame, team, contacts, stakeholders):
        part.register()
