"""The context never moves on."""
# fails: canary
# says: stays the prompt's


def complete(counts, n, prompt, length):
    added = ""
    for _ in range(length):
        followers = counts.get(prompt[len(prompt) - n + 1 :])
        if not followers:
            break
        added += min(followers, key=lambda c: (-followers[c], c))
    return added
