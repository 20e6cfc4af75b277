"""Reads the derivative: right only if all slopes are 1."""
# fails: count_paths
# hint: The derivative is the number of paths only where all slopes are 1, and a float is not exact. Count ints.


def count_paths(root, leaf):
    leaf.grad = 0.0
    backward(root)
    return round(leaf.grad)
