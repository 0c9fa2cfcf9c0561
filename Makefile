# Everything that is done with this checkout. The packages come from the lock files, each checked against its hash;
# they live in .venv, which is made anew when requirements.lock changes and is never touched by hand.
#
## make deck    set everything up and build build/cuban-missile-crisis.apkg
## make test    set everything up and run the tests (ARGS="-k cloze" goes to pytest)
## make lint    ruff, its formatter and mypy, changing nothing
## make quality what readers said of the cards of quality/notes; fails when the locked ones fare worse (half a minute)
## make bench   what a rebuild and the language cost, and what the matcher does with edits (minutes)
## make screenshots   the pictures of README.md, from the real deck (needs chromium)
## make lock    write both lock files from pyproject.toml (UPGRADE=--upgrade for the newest versions)
## make clean   back to a fresh clone: removes .venv, caches and what was built
#
## PYTHON=python3.12 chooses the Python that .venv is made with: 3.11 to 3.14

PYTHON ?= python3
ARGS ?=
UPGRADE ?=

VENV := .venv
BIN := $(VENV)/bin
PIP_OPTIONS := --quiet --quiet --disable-pip-version-check --no-input
INSTALL := $(BIN)/python -m pip $(PIP_OPTIONS) install
INSTALL_LOCKED := $(INSTALL) --require-hashes --no-deps --only-binary :all: --requirement

# A tool of its own, beside .venv, so that a lock that no longer installs can still be written anew.
UV_VERSION := 0.13.9
UV_VENV := .venv-lock
COMPILE := $(UV_VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --only-binary :all: \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)
BUILD_NEEDS := import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")

# The newest is the last one that every locked package has wheels for. Any Python can read this line, 2.7 among them.
define check-python
@command -v "$(PYTHON)" >/dev/null || { echo "crisis-cards needs Python 3.11 to 3.14, found no $(PYTHON)" >&2; exit 1; }
@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; (3, 11) <= v <= (3, 14) or sys.exit("crisis-cards needs Python \
3.11 to 3.14, $(PYTHON) is %d.%d: choose another with make PYTHON=..." % v)'
endef

.PHONY: help deck test lint quality bench screenshots lock clean
.DEFAULT_GOAL := help

help:
	@sed -n 's/^## //p' Makefile

deck: $(VENV)/project
	@$(BIN)/crisis-cards build

test: $(VENV)/dev
	@$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

quality: $(VENV)/dev
	@$(BIN)/python -m quality.report

bench: $(VENV)/dev
	@$(BIN)/python benchmarks/rebuild.py
	@$(BIN)/python benchmarks/matching.py
	@$(BIN)/python benchmarks/language.py

screenshots: $(VENV)/dev deck
	@$(BIN)/python docs/screenshots.py

lock: $(UV_VENV)/$(UV_VERSION)
	@$(UV_VENV)/bin/python -c '$(BUILD_NEEDS)' | $(COMPILE) --output-file requirements.lock pyproject.toml -
	@$(UV_VENV)/bin/python -c '$(BUILD_NEEDS)' | $(COMPILE) --output-file requirements-dev.lock \
		--constraint requirements.lock --extra dev pyproject.toml -

clean:
	@rm -rf $(VENV) $(UV_VENV) .hypothesis .mypy_cache .pytest_cache .ruff_cache dist
	@find build -mindepth 1 ! -name .gitignore -exec rm -rf {} +
	@find crisis_cards quality tests -name __pycache__ -prune -exec rm -rf {} +

# The stamps: each is written last, so that what was interrupted is done again, and each needs the one before it, so
# that no two pips work in .venv at once.

$(VENV)/locked: requirements.lock
	$(check-python)
	@echo "installing the locked packages into $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(INSTALL_LOCKED) requirements.lock
	@touch $@

$(VENV)/project: $(VENV)/locked pyproject.toml
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: $(VENV)/project requirements-dev.lock
	@echo "installing the locked tools for tests and lint into $(VENV)"
	@$(INSTALL_LOCKED) requirements-dev.lock
	@touch $@

$(UV_VENV)/$(UV_VERSION):
	$(check-python)
	@$(PYTHON) -m venv --clear $(UV_VENV)
	@$(UV_VENV)/bin/python -m pip $(PIP_OPTIONS) install uv==$(UV_VERSION)
	@touch $@
