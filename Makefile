# Everything a fresh machine needs is made here: Python 3.11 or newer, and nothing else.
#
#   make demo    the first experiment: three cell lines, four treatments, one report
#   make test    the tests, without the slow ones; as many processes as there are cores, or WORKERS=2
#   make check   style and types
#   make gallery the pictures of docs/gallery, made by the snippets on its pages
#   make bench   our solver beside libRoadRunner, cell for cell; QUICK=1 takes less than a minute;
#                MODELS=FOLDER adds models of others (BioModels' files, which are not kept here)
#   make slow    the slow tests, with the extras [rules] (pysb, BioNetGen; perl must be there) and [bench]
#
# PYTHON=python3.12 make test   uses another Python.

PYTHON ?= python3
BIN := .venv/bin

# Processes share the tests file by file, so what a file computes once is computed once. The files keep their
# order: by default those with few tests come last, and the longest are among them.
WORKERS ?= logical
PYTEST = $(BIN)/python -m pytest -q -n $(WORKERS) --maxprocesses 8 --dist loadfile --no-loadscope-reorder

.PHONY: demo test slow bench gallery check format clean

demo: .venv/.installed
	$(BIN)/smaclab demo

# Every core has a process of its own; threads of linear algebra beside them would only wait for each other.
# Tests start the package a hundred times in processes of their own: each would compile all of it again.
test slow: export OMP_NUM_THREADS := 1
test slow: export OPENBLAS_NUM_THREADS := 1
test slow: export PYTHONDONTWRITEBYTECODE :=

# What needs perl or the peer is run by `make slow`, where it may not skip; here it would run a second time.
test: .venv/.tested
	$(PYTEST) -m "not slow and not rules and not peer"

# libRoadRunner has no wheel on Linux for Arm; there the tests beside it skip.
PEER := $(if $(filter Linux-aarch64,$(shell uname -s)-$(shell uname -m)),,1)

slow: .venv/.rules $(if $(PEER),.venv/.bench)
	SMACLAB_REQUIRE_RULES=1 $(if $(PEER),SMACLAB_REQUIRE_PEER=1) $(PYTEST) -m "slow or rules or peer"

bench: .venv/.bench
	$(BIN)/python -m benchmarks $(if $(QUICK),--quick) $(if $(MODELS),--models $(MODELS))

gallery: .venv/.installed
	$(BIN)/python docs/gallery/make.py

check: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf .venv build dist

# Each stamp is one set of packages in the environment; a change of pyproject.toml makes it again.

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "smaclab needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: PYTHON=python3.12 make demo")'
	$(PYTHON) -m venv .venv
	touch $@

.venv/.installed: .venv/.made pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

.venv/.tested: .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[test]"
	touch $@

.venv/.rules: .venv/.tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[test,rules]"
	touch $@

.venv/.bench: .venv/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[bench]"
	touch $@

.venv/.dev: .venv/.tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	touch $@
