# /// attack
# title = "answers with a tensor subclass whose comparisons and arithmetic always agree"
# threat = 32
# [promise]
# test_increment = "failed wrong_answer|wrong_type"
# test_pure = "failed wrong_answer|wrong_type"
# ///

# %%
import torch


class Agreeing(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        name = getattr(func, "__name__", "")
        if name in ("allclose", "equal", "isclose", "eq", "__eq__", "all", "__bool__"):
            return torch.tensor(True)
        if name in ("sub", "__sub__", "rsub", "abs", "max", "norm"):
            return torch.zeros(())
        return super().__torch_function__(func, types, args, kwargs or {})


def increment(x):
    return torch.zeros_like(x).as_subclass(Agreeing)


def invert(x):
    return torch.nn.Parameter(torch.zeros_like(x)).as_subclass(Agreeing)
