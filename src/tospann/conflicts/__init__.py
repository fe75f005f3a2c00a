"""People wanted by several projects at once: found, worked out, and decided once for all."""
