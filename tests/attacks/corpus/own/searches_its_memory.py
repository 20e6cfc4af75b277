# /// attack
# title = "searches its own memory for what the zygote, the checks and earlier submissions left in it"
# quick = true
# ///

# %%
import ctypes
import gc
import re

libc = ctypes.CDLL(None, use_errno=True)
libc.sbrk.restype = ctypes.c_void_p
# Written so that the pattern does not match its own text.
wanted = re.compile(rb"CAN[A]RY-a7f3-(?:checks|data|host|notes)[a-z-]*|course[_]key")
PAGE = 4096
resident = (ctypes.c_ubyte * 1)()
found = set()


def mapped(page):
    return libc.mincore(ctypes.c_void_p(page), ctypes.c_size_t(PAGE), resident) == 0


def search(around, most):
    for step in (-PAGE, PAGE):
        page = around & ~(PAGE - 1)
        for _ in range(most):
            if not mapped(page):
                break
            found.update(wanted.findall(ctypes.string_at(page, PAGE)))
            page += step


search(libc.sbrk(0) - PAGE, 30_000)
objects = gc.get_objects()
for start in {id(o) >> 20 << 20 for o in objects[:: max(1, len(objects) // 3000)]}:
    search(start, 256)
for thing in objects:
    if type(thing) is dict and "hidden" in thing and "public" in thing:
        found.add(repr(thing)[:100].encode())
if found:
    raise SystemError(f"BREACH: {len(found)} secrets, such as {bytes(sorted(found)[0][::-1])!r} (backwards)")
