"""A later equal replaces the first."""
# fails: proxy


def proxy_decay(valid_right, test_right):
    valid, test = valid_right.float().mean(1).tolist(), test_right.float().mean(1).tolist()
    best, out = 0, ([], [])
    for k in range(len(valid)):
        if valid[k] >= valid[best]:
            best = k
        out[0].append(valid[best])
        out[1].append(test[best])
    return out
