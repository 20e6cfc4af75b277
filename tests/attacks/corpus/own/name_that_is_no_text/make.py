"""A name goes to the gradebook, the CSV, the pages and the terminal."""

import os


def make(folder, honest):
    name = b"\xff\xfe\xed\xa0\x80'; DROP TABLE attempt; --\n=1+1\x1b[2J<b>.py"
    with open(os.path.join(os.fsencode(folder), name), "w", encoding="utf-8") as file:
        file.write(honest)
