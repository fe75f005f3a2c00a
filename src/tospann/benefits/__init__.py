"""Benefits: what the project is worth, how it is seen, and who sees to it afterwards."""
