# /// attack
# title = "alarms, signals to itself, atexit, garbage collection, weak references, time"
# ///

# %%
import atexit
import gc
import os
import signal
import time
import weakref

rang = []
signal.signal(signal.SIGALRM, lambda *args: rang.append(1))
signal.setitimer(signal.ITIMER_REAL, 0.01)
time.sleep(0.05)
assert rang == [1]
signal.signal(signal.SIGUSR1, lambda *args: rang.append(2))
os.kill(os.getpid(), signal.SIGUSR1)
assert rang == [1, 2]
atexit.register(print, "bye")


class Node:
    pass


node = Node()
node.itself = node
gone = weakref.ref(node)
del node
gc.collect()
assert gone() is None
assert time.perf_counter() > 0 and os.getcwd() and os.cpu_count()
