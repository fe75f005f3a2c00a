"""The room from outside, and its set-up from inside."""
