# For developers. Users: pipx install greenstar (see README.md).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

QUICK := not (screen or terminal or process or packaging or engine or slow)
export PYTHONDONTWRITEBYTECODE :=  # compiled once, and not anew by every process of every test

.PHONY: help demo test test-fast coverage check format pictures bench journey clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(STAMP)  ## the main job on a sample network
	$(BIN)/greenstar demo

test: $(STAMP)  ## install what the tests need, and run them
	$(BIN)/python -m pytest -n 2

test-fast: $(STAMP)  ## all but screens, terminals, processes, packaging, engines of others and what is slow
	HYPOTHESIS_PROFILE=short $(BIN)/python -m pytest -n 0 -q --durations=5 --durations-min=0.2 -m "$(QUICK)" --ignore=tests/tui

coverage: $(STAMP)  ## which branches the tests take, file by file
	$(BIN)/python -m pytest -n 2 -q --cov --cov-report=term

check: $(STAMP)  ## format, lint, types, imports, then the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

format: $(STAMP)  ## format, and mend what lint can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pictures: $(STAMP)  ## draw the pictures of the README and record the tour anew
	$(BIN)/python -m tools.pictures
	$(BIN)/python -m tools.tour

bench: $(STAMP)  ## figures as ratios against bare baselines
	$(BIN)/python -m bench

journey: $(STAMP)  ## a whole visit of sixty criteria typed ahead in a real terminal
	JOURNEY_CRITERIA=60 $(BIN)/python -m pytest -n 0 tests/e2e/test_journeys.py -k typed_ahead

clean:  ## remove .venv and all that was built
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage*

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	@touch $@
