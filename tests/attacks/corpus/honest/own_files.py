# /// attack
# title = "files, folders, pickles and temporary files in its own folder"
# quick = true
# ///

# %%
import json
import os
import pathlib
import pickle
import shutil
import sqlite3
import tempfile

pathlib.Path("logs/deep").mkdir(parents=True)
pathlib.Path("logs/deep/a.txt").write_text("one")
os.rename("logs/deep/a.txt", "logs/b.txt")
shutil.copy2("logs/b.txt", "c.txt")
assert pathlib.Path("c.txt").read_text() == "one"
shutil.rmtree("logs")
with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile("w+", dir=folder) as file:
    file.write("x")
    file.flush()
    assert os.path.getsize(file.name) == 1
with tempfile.TemporaryFile() as file:
    file.write(b"x" * 1000)

# %%
class Settings:
    rate = 0.5

    def __init__(self):
        self.steps = [1, 2, 3]


with open("settings.pkl", "wb") as file:
    pickle.dump(Settings(), file)
with open("settings.pkl", "rb") as file:
    assert pickle.load(file).steps == [1, 2, 3]
json.dump({"a": 1}, open("settings.json", "w"))
with sqlite3.connect("runs.db") as database:
    database.execute("create table runs (loss real)")
    database.execute("insert into runs values (0.5)")
database.close()
