"""The Monday letter: my page as a mail, whose lines can be answered without signing in."""
