# /// attack
# title = "closes, shuts down and duplicates the socket to the examiner"
# threat = "wire"
# [promise]
# test_increment = "failed worker_died|protocol|timeout"
# test_pure = "failed worker_died|protocol|timeout"
# test_twice = "failed worker_died|protocol|timeout"
# ///

# %%
import os
import socket


def increment(x):
    os.closerange(3, 256)
    return x + 1


def invert(x):
    for number in range(3, 64):
        try:
            socket.socket(fileno=number).shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
    return 1 - x


def twice(f, x):
    for number in range(3, 64):
        try:
            socket.socket(fileno=number).shutdown(socket.SHUT_WR)
        except OSError:
            pass
    return f(f(x))
