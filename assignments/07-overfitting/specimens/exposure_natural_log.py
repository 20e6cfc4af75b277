"""Natural logarithms: nats, not bits."""
# fails: canary
# hint: Your exposure is in nats. Bits are logarithms to base 2.

import math


def exposure(counts, n, prompt, secret, candidates, n_symbols, alpha=0.01):
    own = log_probability(counts, n, prompt, secret, n_symbols, alpha)
    rank = sum(log_probability(counts, n, prompt, c, n_symbols, alpha) >= own - 1e-9 for c in candidates)
    return math.log(len(candidates)) - math.log(rank)
