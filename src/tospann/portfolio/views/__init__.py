"""What is asked of the portfolio: a file for each of its pages."""
