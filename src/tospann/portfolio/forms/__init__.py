"""The forms of the portfolio's own pages."""
