"""Money: budget lines, the two reserves, the forecast, and what a change does to them."""
