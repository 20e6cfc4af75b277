"""The check reads the student's modules as syntax; a chain of 300,000 dots is deep."""


def make(folder, honest):
    work = folder / "student"
    work.mkdir()
    cell = "\n# %%\ntry:\n    from helper import softmax\nexcept BaseException:\n    softmax = torch.softmax\n"
    (work / "arena.py").write_text(honest + cell, encoding="utf-8")
    (work / "helper.py").write_text("import torch\nx = lambda: torch" + ".a" * 300_000 + "\n", encoding="utf-8")
