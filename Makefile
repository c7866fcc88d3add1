# The two commands of the README: `make run` and `make test`; each works alone on a fresh machine.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# pip keeps what it fetched in the checkout too, unless the environment says where
export PIP_CACHE_DIR ?= $(CURDIR)/.cache/pip

.PHONY: install run test lint types bench load evaluate licences sbom hashes clean

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { echo "Python 3.11, 3.12 or 3.13 is needed; say which: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -qq --no-input --disable-pip-version-check --constraint constraints.txt --editable '.[setup,dev]'
	@touch $@

run: install
	$(BIN)/asistente ingerir
	$(BIN)/asistente servir

test: install
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python tools/dead_code.py

types: install
	$(BIN)/mypy

bench: install
	$(BIN)/python -m evals.benchmark

load: install
	$(BIN)/python -m evals.load

licences: install
	$(BIN)/python tools/licences.py

# the tool stands apart, so that it isn't among what it lists
SBOM := .cache/sbom
sbom: install
	$(PYTHON) -m venv $(SBOM)
	$(SBOM)/bin/python -m pip install -qq --no-input --disable-pip-version-check 'cyclonedx-bom>=7,<8'
	mkdir -p build
	$(SBOM)/bin/cyclonedx-py environment --output-format JSON --output-file build/sbom.json $(BIN)/python

# after constraints.txt or a dependency changed: its hashes, and those of what the image installs
PINS := .cache/pins
IMAGE_EXTRAS := postgres redis pdf docx markdown
COMPILE := $(PINS)/bin/uv pip compile --quiet --generate-hashes --no-annotate --custom-compile-command 'make hashes'
hashes:
	$(PYTHON) -m venv $(PINS)
	$(PINS)/bin/python -m pip install -qq --no-input --disable-pip-version-check 'uv>=0.13,<1'
	$(COMPILE) --python-version 3.11 --no-deps --no-emit-package torch constraints.txt --output-file constraints-hashed.txt
	echo 'setuptools>=77,<90' | $(COMPILE) --python-version 3.12 --constraint constraints.txt $(IMAGE_EXTRAS:%=--extra %) pyproject.toml - --output-file requirements-image.txt

evaluate: install
	$(BIN)/asistente evaluar

clean:
	rm -rf $(VENV) .cache data build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
