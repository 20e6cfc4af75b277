"""Takes characters out of the counts."""
# fails: canary


def complete(counts, n, prompt, length):
    text = prompt
    for _ in range(length):
        followers = counts.setdefault(text[len(text) - n + 1 :], {})
        if not followers:
            break
        text += min(followers, key=lambda c: (-followers[c], c))
    return text[len(prompt) :]
