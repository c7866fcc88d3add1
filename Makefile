# The two commands of the README: `make run` and `make test`; each works alone on a fresh machine.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: install run test lint types bench evaluate clean

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; say which: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[setup,dev]'
	@touch $@

run: install
	$(BIN)/asistente ingerir
	$(BIN)/asistente preguntar

test: install
	$(BIN)/python -m pytest

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

bench: install
	$(BIN)/python -m evals.benchmark

evaluate: install
	$(BIN)/python -m evals.run

clean:
	rm -rf $(VENV) data build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
