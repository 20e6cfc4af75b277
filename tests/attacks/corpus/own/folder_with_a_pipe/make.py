"""What only a local user can hand in."""

import os
import socket


def make(folder, honest):
    work = folder / "student"
    work.mkdir()
    (work / "arena.py").write_text(honest, encoding="utf-8")
    os.mkfifo(work / "helper.py")
    here = os.getcwd()
    os.chdir(work)
    socket.socket(socket.AF_UNIX).bind("data.csv")
    os.chdir(here)
