# /// attack
# title = "answers with objects that are equal to everything, true, and have every attribute"
# threat = 31
# quick = true
# [promise]
# test_increment = "failed wrong_answer|wrong_type"
# test_pure = "failed wrong_answer|wrong_type"
# test_loss = "failed wrong_answer|wrong_type"
# test_loss_gradient = "failed"
# test_each_example_once = "failed"
# ///

# %%
class Anything:
    shape = dtype = device = layout = property(lambda self: self)
    __eq__ = __ge__ = __le__ = __contains__ = lambda self, other: True
    __ne__ = __lt__ = __gt__ = lambda self, other: False
    __hash__ = __len__ = __index__ = __int__ = lambda self: 0
    __float__ = lambda self: 0.0
    __bool__ = lambda self: True
    __getattr__ = lambda self, name: self
    __call__ = lambda self, *args, **kwargs: self
    __iter__ = lambda self: iter([self])
    __getitem__ = lambda self, key: self
    __add__ = __sub__ = __mul__ = __truediv__ = lambda self, other: self
    __radd__ = __rsub__ = __rmul__ = __rtruediv__ = lambda self, other: self
    __array__ = lambda self, *args, **kwargs: self
    __reduce__ = lambda self: (int, ())


class Equal(float):
    __eq__ = lambda self, other: True
    __hash__ = float.__hash__


def increment(x):
    return Anything()


def invert(x):
    return Anything()


def cross_entropy(logits, y):
    return Anything()


def read_all(data):
    for index in range(len(data)):
        data[index]
    return Equal(0.0)
