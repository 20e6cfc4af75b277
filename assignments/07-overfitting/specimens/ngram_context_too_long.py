"""A context of n characters."""
# fails: canary
# hint: Your contexts have n characters. An n-gram has n in all: n - 1 of context, and what follows.


def ngram_counts(text, n):
    counts = {}
    for i in range(len(text) - n):
        followers = counts.setdefault(text[i : i + n], {})
        followers[text[i + n]] = followers.get(text[i + n], 0) + 1
    return counts
