"""The face of the portal: page chrome, components, forms, the declared register list and how values look."""
