"""alpha is not handed on."""
# fails: canary
# hint: alpha never reaches log_probability.

import math


def exposure(counts, n, prompt, secret, candidates, n_symbols, alpha=0.01):
    own = log_probability(counts, n, prompt, secret, n_symbols)
    rank = sum(log_probability(counts, n, prompt, c, n_symbols) >= own - 1e-9 for c in candidates)
    return math.log2(len(candidates)) - math.log2(rank)
