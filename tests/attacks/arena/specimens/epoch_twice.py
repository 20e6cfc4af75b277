"""Reads every example two times."""
# fails: epoch


def read_all(data):
    return sum(float(data[i]) for i in range(len(data)) for _ in range(2)) / 2
