# /// attack
# title = "an object that is its own sum, difference, norm, length, item and every comparison"
# quick = true
# [promise]
# "*" = "failed"
# ///

# %%
class Yes:
    shape = property(lambda self: self)

    def itself(self, *_, **__):
        return self

    def true(self, *_):
        return True

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = itself
    __matmul__ = __rmatmul__ = __pow__ = __neg__ = __abs__ = __invert__ = __call__ = __getitem__ = __iter__ = itself
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __contains__ = true
    __hash__ = lambda self: 0
    __len__ = lambda self: 2
    __float__ = lambda self: 0.0
    __index__ = __int__ = lambda self: 0
    __array_priority__ = 1e9

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self


YES = Yes()
softmax = cross_entropy = halve_ = invert = Net = train = read_all = twice = increment = lambda *_, **__: YES
