"""A folder with weights in every form that unpickles: torch's, numpy's, joblib's, a bare pickle."""

import io
import pickle
import zipfile

CELL = '''
# %%
import os, pickle
import numpy as np
import torch

for load in (
    lambda: torch.load("model.pt", weights_only=False),
    lambda: torch.load("model.pt", weights_only=True),
    lambda: pickle.load(open("model.pkl", "rb")),
    lambda: np.load("model.npy", allow_pickle=True),
):
    try:
        load()
    except Exception:
        pass
'''
CODE = """
for name in ("@HIDDEN@", "/tmp", "/etc", ".."):
    try:
        open(name + "/owned", "w").close()
    except OSError:
        continue
    raise SystemError("BREACH: unpickled code wrote outside")
open("owned", "w").write("inside the walls")
"""


class Evil:
    def __reduce__(self):
        return exec, (CODE,)


def make(folder, honest):
    one = folder / "student"
    one.mkdir()
    (one / "arena.py").write_text(honest + CELL)
    evil = pickle.dumps(Evil())
    for name in ("model.pkl", "model.joblib", "weights.bin"):
        (one / name).write_bytes(evil)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("archive/data.pkl", evil)
        made.writestr("archive/version", "3\n")
    for name in ("model.pt", "model.pth", "checkpoint.ckpt"):
        (one / name).write_bytes(archive.getvalue())
    header = b"{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"
    header += b" " * (-(len(header) + 11) % 64) + b"\n"
    (one / "model.npy").write_bytes(b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + evil)
