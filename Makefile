# For developers. Users: pipx install greenstar (see README.md).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LOCKING := build/locking
EXTRAS := analytics heic pdf sure web
LOCKED = $(LOCKING)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" --annotation-style line --constraint constraints.txt

UNNEEDED := -p no:xdist -p no:xdist.looponfail -p no:syrupy -p no:pytest_cov --capture=sys  # by quick tests
QUICK := not (screen or terminal or process or packaging or engine or slow)
export PYTHONDONTWRITEBYTECODE :=  # compiled once, and not anew by every process of every test

.PHONY: help demo test test-fast coverage check format pictures bench torture journey build lock bill install-locked clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(STAMP)  ## the main job on a sample network
	$(BIN)/greenstar demo

test: $(STAMP)  ## install what the tests need, and run them
	$(BIN)/python -m pytest -n 2

test-fast: $(STAMP)  ## all but screens, the web server, terminals, processes, packaging, engines of others and what is slow
	HYPOTHESIS_PROFILE=short $(BIN)/python -m pytest $(UNNEEDED) -q --durations=5 --durations-min=0.2 -m "$(QUICK)" --ignore=tests/tui --ignore=tests/web

coverage: $(STAMP)  ## which branches the tests take, file by file
	$(BIN)/python -m pytest -n 2 -q --cov --cov-report=term

check: $(STAMP)  ## format, lint, types, imports, the tests, then a minute of tortures
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test
	$(BIN)/python -m tests.torture --minute

format: $(STAMP)  ## format, and mend what lint can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pictures: $(STAMP)  ## draw the pictures of the README and record the tour anew
	$(BIN)/python -m tools.pictures
	$(BIN)/python -m tools.tour

bench: $(STAMP)  ## figures as ratios against bare baselines
	$(BIN)/python -m bench

torture: $(STAMP)  ## programs killed, disks filled, bytes changed: some minutes; `python -m tests.torture --longer` takes hours
	$(BIN)/python -m tests.torture

journey: $(STAMP)  ## a whole visit of sixty criteria typed ahead in a real terminal
	JOURNEY_CRITERIA=60 $(BIN)/python -m pytest -n 0 tests/e2e/test_journeys.py -k typed_ahead

build: $(STAMP)  ## the wheel and the sdist, the same bytes every time, and their SHA-256s
	rm -rf dist
	SOURCE_DATE_EPOCH=1580601600 $(BIN)/python -m hatchling build --directory dist
	$(BIN)/python -m tools.checksums dist

lock: $(STAMP)  ## all dependencies anew with the SHA-256s of their files, from pyproject.toml and constraints.txt; and the bill
	rm -rf $(LOCKING) && $(PYTHON) -m venv $(LOCKING)
	$(LOCKING)/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9 "cyclonedx-python-lib[json-validation]==11.12.0"
	$(LOCKED) $(addprefix --extra ,$(EXTRAS)) --output-file requirements.lock pyproject.toml
	$(LOCKED) --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
	$(MAKE) bill
	$(LOCKING)/bin/python -c "import sys; from cyclonedx.schema import SchemaVersion; from cyclonedx.validation.json import \
	JsonStrictValidator; sys.exit(JsonStrictValidator(SchemaVersion.V1_6).validate_str(sys.stdin.read()))" < bom.cdx.json
	rm -rf $(LOCKING)

bill: $(STAMP)  ## bom.cdx.json, the bill of materials, from what is locked
	$(BIN)/python -m tools.bill

install-locked:  ## .venv from requirements-dev.lock, each file checked by its hash; the other targets go by it then
	rm -rf $(VENV) && $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

clean:  ## remove .venv and all that was built
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage*

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	@touch $@
