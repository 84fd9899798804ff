# Everything happens in .venv; nothing else is needed but python3 >= 3.11 with venv, git and make,
# and node >= 20 for the tests that drive real agent clients.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PROJECTS := pyproject.toml $(wildcard plugins/*/pyproject.toml)
WORKERS ?= 2

.PHONY: demo test lint types docs picture clients soak bench smoke-live clean

demo: $(VENV)/.user
	@$(BIN)/vgxness demo

test: $(VENV)/.dev clients lint types
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.dev
	$(BIN)/pyright

docs: $(VENV)/.dev
	$(BIN)/python -m docs.generate

picture: $(VENV)/.dev
	$(BIN)/python -m docs.picture

clients: $(VENV)/.dev
	$(BIN)/python tests/clients/install.py

soak: $(VENV)/.dev clients
	$(BIN)/python -m pytest -q -m soak --timeout 3600

bench: $(VENV)/.user
	$(BIN)/python benchmarks/hook.py

# By hand only: it asks your own clients one question each, on your account.
smoke-live: $(VENV)/.user
	$(BIN)/python tests/e2e/smoke_live.py

clean:
	rm -rf $(VENV) tests/clients/node_modules .pytest_cache .ruff_cache .import_linter_cache

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("python >= 3.11 is needed, this is " + sys.version) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.user: $(VENV)/bin/python $(PROJECTS) constraints.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e . $(addprefix -e ,$(wildcard plugins/*))
	@touch $@

$(VENV)/.dev: $(VENV)/.user
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@
