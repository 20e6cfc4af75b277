"""Equals do not count against the secret."""
# fails: canary
# says: count against it
# hint: Candidates as probable as the secret do not count in your rank. A model that knows nothing would then
#     give everything away.

import math


def exposure(counts, n, prompt, secret, candidates, n_symbols, alpha=0.01):
    own = log_probability(counts, n, prompt, secret, n_symbols, alpha)
    rank = 1 + sum(log_probability(counts, n, prompt, c, n_symbols, alpha) > own + 1e-9 for c in candidates)
    return math.log2(len(candidates)) - math.log2(rank)
