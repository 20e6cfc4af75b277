"""All right, written in other ways."""
# fails: nothing


def softmax(x, dim):
    return (x - torch.logsumexp(x, dim=dim, keepdim=True)).exp()


def cross_entropy(logits, y):
    return nn.functional.cross_entropy(logits, y)


def read_all(data):
    return sum(float(item) for item in data)


def twice(f, x):
    for _ in range(2):
        x = f(x)
    return x
