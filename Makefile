# Everything is installed by the targets themselves. See README.md.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
# One OpenMP thread for each process: two busy cores with two threads each stand in each other's way.
export OMP_NUM_THREADS := 1

.PHONY: demo test lint types imports verify attacks bench bench-walls bench-verify fuzz lock clean

demo: $(INSTALLED)
	@$(BIN)/python tests/demo/run.py

test: lint types imports .venv/.chromium .venv/.postgresql .engine/.image
	$(BIN)/python -m pytest

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(INSTALLED)
	$(BIN)/mypy

imports: $(INSTALLED)
	$(BIN)/lint-imports

# Every promise of every assignment, on many seeds. Minutes.
verify: $(INSTALLED)
	$(BIN)/autograder verify --seeds 20

# Every attack of the corpus at every level of isolation that this machine offers, and a table of them. Minutes.
attacks: $(INSTALLED) .engine/.image
	$(BIN)/python -m pytest tests/attacks -m ""

# What grading costs, and what it must reach, also against nbgrader and otter-grader, which get an environment of their
# own. Some 25 minutes; make bench ROWS="overhead cold" measures two rows.
bench: .venv-bench/.installed
	$(BIN)/python tests/benchmarks/bench.py $(addprefix --only ,$(ROWS))

# What the walls cost a submission, and what hostile submissions cost the others.
bench-walls: $(INSTALLED)
	$(BIN)/python tests/benchmarks/bench_walls.py
	$(BIN)/python tests/benchmarks/bench_hostile.py

# How long the proof of an assignment takes, and what it would take if every check were asked about every answer.
bench-verify: $(INSTALLED)
	$(BIN)/python tests/benchmarks/bench_verify.py

# Coverage-guided fuzzing of what reads strangers' bytes, each for so many seconds, in an environment of its own.
FUZZ_SECONDS ?= 60
fuzz: .venv-fuzz/.installed
	@for target in wire notebook archived cell; do \
		.venv-fuzz/bin/python tests/fuzz/fuzz.py $$target $(FUZZ_SECONDS) || exit 1; done

lock: $(INSTALLED)
	$(BIN)/uv pip compile --universal --generate-hashes --all-extras --no-emit-index-url --no-header -q \
		-o requirements.lock pyproject.toml
	$(BIN)/python tests/container/libraries.py | $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header -q -c requirements.lock -o autograder/sandbox/engine/requirements.lock -

clean:
	rm -rf .venv .venv-bench .venv-fuzz demo .engine

# Hashes are verified by uv against requirements.lock; uv itself comes from the same file.
$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; try make PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "installing python3-venv, without which this Python makes no environments"; \
		sh tests/install-debian.sh python3-venv && $(PYTHON) -m venv .venv; }
	@awk '/^uv==/ {on = 1} on {print} on && !/\\$$/ {exit}' requirements.lock > .venv/uv.lock
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes --no-deps -r .venv/uv.lock
	@$(BIN)/uv pip install -q --python $(BIN)/python -c requirements.lock hatchling editables
	$(BIN)/uv pip install -q --python $(BIN)/python --no-build-isolation -c requirements.lock -e '.[dev]'
	@touch $@

.venv-bench/.installed: $(INSTALLED)
	$(PYTHON) -m venv .venv-bench
	$(BIN)/uv pip install -q --python .venv-bench/bin/python -c requirements.lock hatchling editables
	$(BIN)/uv pip install -q --python .venv-bench/bin/python --no-build-isolation -c requirements.lock -e '.[grader,nbgrader,otter]'
	@touch $@

# Walls are tested in a real container: Debian's Docker is started by the tests where no engine answers, and the image is
# built without a registry. Kept in .engine by content. Where this machine does not let us, those tests are skipped.
.engine/.image: $(INSTALLED) autograder/sandbox/engine/Dockerfile autograder/sandbox/engine/requirements.lock tests/container/prepare.py
	@{ command -v dockerd || command -v podman; } >/dev/null && command -v mmdebstrap >/dev/null && \
		/usr/bin/python3 -c 'import ensurepip' || sh tests/install-debian.sh docker.io mmdebstrap python3-venv || true
	@mkdir -p $(@D)
	$(BIN)/python tests/container/prepare.py $@

# atheris has builds for some Pythons only. All else is taken from .venv, whose torch alone is gigabytes.
.venv-fuzz/.installed: $(INSTALLED)
	$(PYTHON) -m venv .venv-fuzz
	@$(BIN)/uv pip install -q --python .venv-fuzz/bin/python --only-binary :all: atheris==3.0.0 || { rm -rf .venv-fuzz; \
		echo "atheris has no build for `$(PYTHON) -V`: run make clean, and make fuzz with another PYTHON"; exit 1; }
	@$(BIN)/python -c 'import sysconfig; print("import site; site.addsitedir(%r)" % sysconfig.get_path("purelib"))' > \
		$$(.venv-fuzz/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/grader.pth
	@touch $@

# Feedback pages are tested in a real browser.
.venv/.chromium: $(INSTALLED)
	@command -v chromium >/dev/null || sh tests/install-debian.sh chromium
	@touch $@

# The gradebook of a server is tested in a real PostgreSQL, which the tests start themselves.
.venv/.postgresql: $(INSTALLED)
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || \
		sh tests/install-debian.sh postgresql
	@touch $@
