"""Cut short for people, names must not become one another's."""


def make(folder, honest):
    (folder / ("neighbour " + "\u0301" * 100 + "x" * 40 + ".py")).write_text(honest, encoding="utf-8")
