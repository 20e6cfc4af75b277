"""Cuts the text into pieces."""
# fails: canary
# hint: You cut the text into pieces of n. The windows overlap: each begins one character after the one before.


def ngram_counts(text, n):
    counts = {}
    for i in range(0, len(text) - n + 1, n):
        followers = counts.setdefault(text[i : i + n - 1], {})
        followers[text[i + n - 1]] = followers.get(text[i + n - 1], 0) + 1
    return counts
