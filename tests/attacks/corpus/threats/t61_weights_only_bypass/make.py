"""CVE-2025-32434: torch before 2.6 unpickled the parts of a tar without restrictions. The version is pinned above it."""

import io
import pickle
import tarfile

CELL = '''
# %%
import os
import torch

if tuple(int(part) for part in torch.__version__.split("+")[0].split(".")[:2]) < (2, 6):
    raise SystemError("BREACH: this torch runs code under weights_only")
try:
    torch.load("model.pt", weights_only=True)
except Exception:
    pass
if os.path.exists("owned"):
    raise SystemError("BREACH: code ran under weights_only")
'''


class Evil:
    def __reduce__(self):
        return open, ("owned", "w")


def make(folder, honest):
    one = folder / "student"
    one.mkdir()
    (one / "arena.py").write_text(honest + CELL)
    evil = pickle.dumps(1) + pickle.dumps(Evil())
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name in ("storages", "tensors", "pickle"):
            entry = tarfile.TarInfo(name)
            entry.size = len(evil)
            archive.addfile(entry, io.BytesIO(evil))
    (one / "model.pt").write_bytes(made.getvalue())
