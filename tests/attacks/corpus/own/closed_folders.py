# /// attack
# title = "makes folders that nobody may enter, and files with names of line breaks, dashes and bytes that are no text"
# [promise]
# test_increment = "any"
# ///

# %%
import os


def increment(x):
    for name in (b"-rf", b"--", b"a\nb", b"\xff\xfe", b"\x1b[2J", b"..x", b" ", b"$(touch x)", b"'\"`", b"n" * 255):
        try:
            os.mkdir(name, 0)
            os.close(os.open(name + b"f" if len(name) < 255 else b"m" * 255, os.O_CREAT | os.O_WRONLY, 0))
        except OSError:
            pass
    os.mkdir("open", 0o700)
    os.mkdir("open/closed", 0o700)
    os.mkdir("open/closed/in", 0o000)
    os.umask(0o777)
    os.mkdir("last")
    return x + 1
