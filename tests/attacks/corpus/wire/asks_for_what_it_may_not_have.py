# /// attack
# title = "asks the examiner back for attributes, modules and globals of the check's function and data set"
# threat = "wire"
# [promise]
# test_twice = "any"
# test_each_example_once = "any"
# ///

# %%
def reach(thing, names):
    for name in names:
        try:
            found = getattr(thing, name)
        except BaseException:
            continue
        if callable(found) and not isinstance(found, (str, dict, list)):
            try:
                found = found()
            except BaseException:
                continue
        raise SystemError(f"BREACH: {name} is {found!r}")


PRIVATE = ("__globals__", "__code__", "__closure__", "__dict__", "__class__", "__init__", "__self__", "__func__")
PRIVATE += ("_secret", "_items", "__reduce__", "__subclasses__", "__getattribute__", "f_globals", "gi_frame")


def twice(f, x):
    peer = object.__getattribute__(f, "_peer")
    for name in PRIVATE:
        for op in ("getattr", "getitem", "setattr", "delattr", "copy", "deepcopy", "str", "load", "find", "find_torch"):
            try:
                found = peer.operate(op, f, name)
            except BaseException:
                continue
            raise SystemError(f"BREACH: {op} {name}: {found!r}")
    return f(f(x))


def read_all(data):
    peer = object.__getattribute__(data, "_peer")
    for name in PRIVATE:
        try:
            found = peer.operate("getattr", data, name)
        except BaseException:
            continue
        raise SystemError(f"BREACH: {name}: {found!r}")
    return sum(float(data[index]) for index in range(len(data)))
