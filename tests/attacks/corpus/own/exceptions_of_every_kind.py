# /// attack
# title = "raises exceptions with cycles of causes, huge and hostile texts, impossible names and the names of the grader's own"
# [promise]
# "*" = "failed"
# test_softmax_of_zeros = "passed"
# test_softmax = "passed"
# ///

# %%
class Hostile(Exception):
    def __str__(self):
        raise self

    __repr__ = __str__


class Failure(AssertionError):
    reason = "platform"
    points = 1.0


class CheckTooSlow(BaseException):
    pass


class Lost(BaseException):
    pass


def cyclic(depth):
    first = error = ValueError("0" * 10**6)
    for number in range(depth):
        error.__cause__ = error = TypeError(f"{number}")
    error.__cause__ = error.__context__ = first
    raise first


def increment(x):
    cyclic(20_000)


def invert(x):
    raise Hostile


def halve_(x):
    raise Lost("platform")


def cross_entropy(logits, y):
    raise type("E" * 100_000 + "\x00\u202e</pre>", (Failure,), {})("A passing check\n" * 100_000)


class Net:
    def __init__(self, *_):
        raise CheckTooSlow


def train(x, y, seed):
    raise StopIteration(type("Score", (), {"credit": 1.0})())


def read_all(data):
    raise OSError(9, "\ud800\udfff" * 1000, "\x9b31m")


def twice(f, x):
    raise BaseExceptionGroup("skip", [SystemExit(0), KeyboardInterrupt()])
