"""The context never moves on."""
# fails: canary
# hint: Your context stays the prompt's. What was added becomes context for what follows.


def complete(counts, n, prompt, length):
    added = ""
    for _ in range(length):
        followers = counts.get(prompt[len(prompt) - n + 1 :])
        if not followers:
            break
        added += min(followers, key=lambda c: (-followers[c], c))
    return added
