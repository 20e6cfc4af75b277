# /// attack
# title = "objects whose class, name, attributes, length, index and text are lies, errors or without end"
# [promise]
# "*" = "failed"
# test_softmax_of_zeros = "passed"
# test_softmax = "passed"
# test_training = "passed"
# ///

# %%
import torch


class Meta(type):
    honest = True

    def __instancecheck__(cls, other):
        return True

    def __getattribute__(cls, name):
        if type.__getattribute__(Meta, "honest"):
            return type.__getattribute__(cls, name)
        raise SystemExit(name)


class Liar(metaclass=Meta):
    @property
    def __class__(self):
        return torch.Tensor

    def __getattribute__(self, name):
        raise KeyboardInterrupt(name)


Meta.__name__ = "\x1b[31mTensor"
Meta.honest = False


class Endless:
    def __len__(self):
        return -1

    def __index__(self):
        return 1 / 0

    def __iter__(self):
        while True:
            yield self

    def __str__(self):
        return "x" * 10**8

    __repr__ = __str__


Long = type("L" * 1_000_000 + "\x1b[2J\n<script>", (Endless,), {})


def increment(x):
    return Liar()


def invert(x):
    return Long()


def halve_(x):
    x.mul_(0.5)
    return [Liar(), Endless()]


def cross_entropy(logits, y):
    return {Long: Liar}


def read_all(data):
    return iter(Endless())


def twice(f, x):
    return f(Liar())


class Net:
    def __init__(self, n_in, n_out):
        self.layer = self

    @property
    def weight(self):
        return Endless()

    bias = weight
