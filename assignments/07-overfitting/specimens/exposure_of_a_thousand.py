"""Always 1,000 candidates."""
# fails: canary
# hint: The number of candidates is fixed in your code: take len(candidates).

import math


def exposure(counts, n, prompt, secret, candidates, n_symbols, alpha=0.01):
    own = log_probability(counts, n, prompt, secret, n_symbols, alpha)
    rank = sum(log_probability(counts, n, prompt, c, n_symbols, alpha) >= own - 1e-9 for c in candidates)
    return math.log2(1000) - math.log2(rank)
