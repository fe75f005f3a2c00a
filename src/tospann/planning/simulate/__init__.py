"""How likely the dates and the cost are: three-point estimates, events, simulations."""
