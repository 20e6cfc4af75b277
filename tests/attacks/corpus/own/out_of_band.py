# /// attack
# title = "puts urgent bytes between the bytes of its answers"
# [promise]
# test_increment = "failed protocol|worker_died|timeout"
# ///

# %%
import socket


def increment(x):
    for number in range(3, 256):
        try:
            end = socket.socket(fileno=number)
        except OSError:
            continue
        for _ in range(5):
            try:
                end.send(b"!", socket.MSG_OOB)
            except OSError:
                end.send(b"!")
        end.detach()
    return x + 1
