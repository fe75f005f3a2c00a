"""Cases: alternatives made of commands, discussion, decision, and the authority matrix."""
