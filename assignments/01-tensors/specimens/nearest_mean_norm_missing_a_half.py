"""x·m - |m|²: the square of the length counts twice."""

# fails: nearest_mean
# hint: The mixed term has the wrong factor. Multiply (a - b)² out on paper: how often does a·b occur?


def nearest_mean(means, x):
    return (x @ means.T - (means**2).sum(1)).argmax(1)
