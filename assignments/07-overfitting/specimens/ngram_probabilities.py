"""Normalises at once."""
# fails: canary
# hint: You divide the counts. They are asked for as they are, as integers.

from collections import Counter, defaultdict


def ngram_counts(text, n):
    counts = defaultdict(Counter)
    for i in range(len(text) - n + 1):
        counts[text[i : i + n - 1]][text[i + n - 1]] += 1
    return {c: {k: v / sum(f.values()) for k, v in f.items()} for c, f in counts.items()}
