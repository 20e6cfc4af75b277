"""The slope of the square alone: the other factor of the product is lost."""
# fails: by_hand
# hint: L is a product of e and c^2: along the path to c, multiply 2c by the other factor, e = a + 3b.


def hand_gradient(a, b, c):
    return c**2, 3 * c**2, 2 * c
