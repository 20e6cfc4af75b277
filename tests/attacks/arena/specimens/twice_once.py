"""Calls the function one time."""
# fails: twice


def twice(f, x):
    return f(x)
