"""text[-(n - 1):] is the whole text when n is 1."""
# fails: canary
# says: n = 1


def complete(counts, n, prompt, length):
    text = prompt
    for _ in range(length):
        followers = counts.get(text[-(n - 1) :])
        if not followers:
            break
        text += min(followers, key=lambda c: (-followers[c], c))
    return text[len(prompt) :]
