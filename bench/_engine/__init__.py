"""The rows of `./dev bench engine`: one module for each subject, one function for each row."""
