"""text[-(n - 1):] is the whole text when n is 1."""
# fails: canary
# hint: With n = 1, text[-(n - 1):] is text[0:], the whole text, and not the empty string.


def complete(counts, n, prompt, length):
    text = prompt
    for _ in range(length):
        followers = counts.get(text[-(n - 1) :])
        if not followers:
            break
        text += min(followers, key=lambda c: (-followers[c], c))
    return text[len(prompt) :]
