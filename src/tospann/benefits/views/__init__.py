"""GEVINSTER: the lists, the map, the page of one, and what is changed."""
