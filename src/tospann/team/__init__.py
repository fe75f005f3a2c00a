"""How people work together: responsibilities, the week, looking back, standing in, taking over."""
