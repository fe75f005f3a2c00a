"""What the ``tospann`` command does: start, back up, restore, upgrade and look after a portal."""
