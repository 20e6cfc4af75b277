"""min over everything."""

# fails: best_rate
# hint: Every comparison with NaN is False, so min keeps a NaN that comes first; and minus infinity wins.
#     Leave out what is not finite.


def best_rate(rates, held_out_loss):
    return min(rates, key=held_out_loss)
