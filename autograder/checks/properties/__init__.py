"""What holds of a function on any input: gradients, invariances, extremes, layouts, modes, randomness."""
