"""The pages of sharing: who sees a thing, the shares of a project, and the rules."""
