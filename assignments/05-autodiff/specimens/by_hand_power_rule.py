"""The power rule without the factor 2."""
# fails: by_hand
# hint: The slope of c^2 is 2c, not c.


def hand_gradient(a, b, c):
    return c**2, 3 * c**2, c * (a + 3 * b)
