""">= without the 1e-9: candidates equal up to rounding do not count."""
# fails: canary
# hint: The same logarithms added in another order differ in the last digits. Candidates within 1e-9 of the
#     secret's log-probability count as equal to it.

import math


def exposure(counts, n, prompt, secret, candidates, n_symbols, alpha=0.01):
    own = log_probability(counts, n, prompt, secret, n_symbols, alpha)
    others = [log_probability(counts, n, prompt, other, n_symbols, alpha) for other in candidates]
    return math.log2(len(candidates)) - math.log2(sum(other >= own for other in others))
