"""Counts the candidates that are less probable."""
# fails: canary
# hint: You count from the wrong end: rank 1 is the most probable candidate.

import math


def exposure(counts, n, prompt, secret, candidates, n_symbols, alpha=0.01):
    own = log_probability(counts, n, prompt, secret, n_symbols, alpha)
    rank = sum(log_probability(counts, n, prompt, c, n_symbols, alpha) <= own + 1e-9 for c in candidates)
    return math.log2(len(candidates)) - math.log2(rank)
