"""What the portal knows of one person: all of it in a file, or none of it any more.

Both ask the database itself: every table, every column that points to a person or can hold a name
or an address, also inside JSON. A capability cannot forget to be asked.
"""
