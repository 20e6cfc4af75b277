"""Forgets the inner factor 3 of b."""
# fails: by_hand
# hint: The step d = 3b has the slope 3, and the path to b goes through it: 3 c^2.


def hand_gradient(a, b, c):
    return c**2, c**2, 2 * c * (a + 3 * b)
