"""Finding by words: Norwegian inflections and parts of compounds, alike on both databases."""
