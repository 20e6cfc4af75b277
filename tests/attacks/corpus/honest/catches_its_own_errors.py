# /// attack
# title = "raises and catches errors of its own: recursion, memory, keys, assertions, keyboard"
# ///

# %%
def forever():
    return forever()


for action in (forever, lambda: bytearray(1 << 50), lambda: {}["x"], lambda: 1 / 0, lambda: open("/no/such/file")):
    try:
        action()
    except (RecursionError, MemoryError, KeyError, ZeroDivisionError, OSError):
        pass
try:
    raise KeyboardInterrupt
except KeyboardInterrupt:
    pass
