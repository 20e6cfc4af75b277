"""Tensors in the lists."""
# fails: proxy


def proxy_decay(valid_right, test_right):
    v, t = valid_right.float().mean(1), test_right.float().mean(1)
    best = [int(v[:k].argmax()) for k in range(1, len(v) + 1)]
    return [v[k] for k in best], [t[k] for k in best]
