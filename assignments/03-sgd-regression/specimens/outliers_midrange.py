"""The middle between the smallest and the largest value."""
# fails: outliers
# hint: Your second constant is halfway between the extremes: one outlier moves it at will. Take the value in the
#     middle of the sorted ones.


def best_constants(y):
    return y.mean(), (y.max() + y.min()) / 2
