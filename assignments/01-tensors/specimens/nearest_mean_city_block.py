"""The city-block distance."""

# fails: nearest_mean
# hint: You add absolute differences up (the city-block distance). Squared Euclidean distance adds up their squares.


def nearest_mean(means, x):
    return (x[:, None] - means).abs().sum(-1).argmin(1)
