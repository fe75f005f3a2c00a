"""Reports: what a project can hand over, as a page and as a tagged PDF."""
