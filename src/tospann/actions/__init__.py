"""Actions: the one kind of to-do, wherever it was born."""
