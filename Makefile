# Everything a fresh machine needs is made here: Python 3.11 or newer, and nothing else.
#
#   make demo    the first experiment: three cell lines, four treatments, one report
#   make test    the tests, without the slow ones
#   make check   style and types
#   make gallery the pictures of docs/gallery, made by the snippets on its pages
#   make bench   our solver beside libRoadRunner, cell for cell; QUICK=1 takes less than a minute;
#                MODELS=FOLDER adds models of others (BioModels' files, which are not kept here)
#   make slow    the slow tests, with the extras [rules] (pysb, BioNetGen; perl must be there) and [bench]
#
# PYTHON=python3.12 make test   uses another Python.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test slow bench gallery check format clean

demo: .venv/.installed
	$(BIN)/smaclab demo

test: .venv/.tested
	$(BIN)/python -m pytest -q

# libRoadRunner has no wheel on Linux for Arm; there the tests beside it skip.
PEER := $(if $(filter Linux-aarch64,$(shell uname -s)-$(shell uname -m)),,1)

slow: .venv/.rules $(if $(PEER),.venv/.bench)
	SMACLAB_REQUIRE_RULES=1 $(if $(PEER),SMACLAB_REQUIRE_PEER=1) $(BIN)/python -m pytest -q -m "slow or rules or peer"

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
