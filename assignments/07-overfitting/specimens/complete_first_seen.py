"""Among equals, the first that was seen."""
# fails: canary
# hint: Among characters that are equally frequent you take the one that was seen first. It is the smallest.


def complete(counts, n, prompt, length):
    text = prompt
    for _ in range(length):
        followers = counts.get(text[len(text) - n + 1 :])
        if not followers:
            break
        text += max(followers, key=followers.get)
    return text[len(prompt) :]
