"""The external room: what a customer or a guest sees of a project, accepts, asks and hands in."""
