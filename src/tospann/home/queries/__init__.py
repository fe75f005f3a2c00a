"""Reading what the front pages show: my desk, a project's overview, what is found."""
