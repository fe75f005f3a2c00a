"""What goes out on paper: the status page as PDF."""
