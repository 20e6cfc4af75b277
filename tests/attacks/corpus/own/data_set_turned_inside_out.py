# /// attack
# title = "asks the check's own data set and function for everything but what they are for, and rewrites them"
# quick = true
# [promise]
# test_each_example_once = "failed"
# test_twice = "any"
# ///

# %%
import copy
import operator
import pickle

NAMES = (
    "_items", "_secret", "__dict__", "__class__", "__globals__", "__code__", "__closure__", "__self__", "__func__",
    "__init__", "__getitem__", "__module__", "__reduce__", "__wrapped__", "__defaults__", "gi_frame", "cr_frame",
)  # fmt: skip


def ask(thing):
    got = []
    for name in NAMES:
        for way in (
            lambda: getattr(thing, name),
            lambda: object.__getattribute__(thing, "_peer").operate("getattr", thing, name),
            lambda: object.__getattribute__(thing, "_peer").operate("call", thing, name),
            lambda: object.__getattribute__(thing, "_peer").operate("getitem", thing, name),
            lambda: vars(thing)[name],
        ):
            try:
                got.append((name, way()))
            except Exception:
                pass
    for way in (
        lambda: copy.deepcopy(thing),
        lambda: pickle.dumps(thing),
        lambda: setattr(thing, "read", list(range(6))),
        lambda: operator.setitem(thing, 0, 1.0),
        lambda: operator.delitem(thing, 0),
        lambda: thing.read.extend(range(6)),
        lambda: thing.read.clear(),
        lambda: str(thing),
    ):
        try:
            way()
        except Exception:
            pass
    text = repr(got)
    for word in ("CANARY", "<function", "<code", "<frame", "module '"):
        if word in text:
            raise SystemError("BREACH: " + text[:500])
    return got


def read_all(data):
    ask(data)
    return 0.0


honest_twice = twice


def twice(f, x):
    ask(f)
    return honest_twice(f, x)
