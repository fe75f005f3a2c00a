"""The face of the portal: chrome, components, forms, the declared register, how values look."""
