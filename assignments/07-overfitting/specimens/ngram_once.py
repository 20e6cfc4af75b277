"""Every n-gram counts once."""
# fails: canary
# hint: Every n-gram counts once in yours, however often it occurs.


def ngram_counts(text, n):
    counts = {}
    for i in range(len(text) - n + 1):
        counts.setdefault(text[i : i + n - 1], {})[text[i + n - 1]] = 1
    return counts
