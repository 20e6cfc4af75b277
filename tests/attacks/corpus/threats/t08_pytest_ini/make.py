"""A folder with every file that pytest takes its options from."""

FILES = {
    "pytest.ini": "[pytest]\naddopts = --collect-only\n",
    "tox.ini": "[pytest]\naddopts = --collect-only\n",
    "setup.cfg": "[tool:pytest]\naddopts = --collect-only\n",
    "pyproject.toml": '[tool.pytest.ini_options]\naddopts = "--collect-only"\n',
    "sitecustomize.py": "import os\nos.environ['PYTEST_ADDOPTS'] = '--collect-only'\n",
    "usercustomize.py": "import os\nos.environ['PYTEST_ADDOPTS'] = '--collect-only'\n",
}
WRONG = """
# %%
import os

os.environ["PYTEST_ADDOPTS"] = "--collect-only"
os.environ["PYTEST_PLUGINS"] = "sitecustomize"


def increment(x):
    return x
"""


def make(folder, honest):
    one = folder / "student"
    one.mkdir()
    (one / "arena.py").write_text(honest + WRONG)
    for name, text in FILES.items():
        (one / name).write_text(text)
