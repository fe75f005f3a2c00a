"""ØKONOMI, contracts: the lists, and the pages of what is in them."""
