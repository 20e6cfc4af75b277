# /// attack
# title = "keeps the memory that it shares with the examiner, resizes and scribbles on it while its answers are read"
# threat = "wire"
# quick = true
# [promise]
# test_softmax = "any"             # forbids whatever could reach into frames
# test_increment = "failed"
# test_twice = "any"
# ///

# %%
import mmap
import os
import threading


def shared():
    found = []
    for number in range(3, 64):
        try:
            if os.fstat(number).st_nlink == 0 and os.fstat(number).st_size:
                found.append(os.dup(number))
        except OSError:
            pass
    return found


def scribble(memory):
    while True:
        memory[:] = os.urandom(16) * (len(memory) // 16)


def attack():
    for number in shared():
        size = os.fstat(number).st_size
        for other in (0, 4096, size * 64):
            try:
                os.ftruncate(number, other)
                raise SystemError("BREACH: the memory that the examiner reads can be resized")
            except OSError:
                pass
        memory = mmap.mmap(number, size)
        threading.Thread(target=scribble, args=(memory,), daemon=True).start()


def increment(x):
    import torch

    attack()
    return torch.ones(4_000_000)


def twice(f, x):
    import torch

    f(torch.ones(3_000_000))
    attack()
    return f(torch.ones(3_000_000))
