# Huurtoets: `make start` en `make test` doen al het klaarzetten zelf. `make help` noemt de rest.
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
# durable-rules wordt uit C gebouwd; vanaf Python 3.13 heet een functie van Python daarin anders.
BUILD_FLAGS := $(shell $(PYTHON) -c 'import sys; print("-DPyEval_CallObject=PyObject_CallObject" if sys.version_info >= (3, 13) else "")')

.DEFAULT_GOAL := help
.PHONY: help stijl start test check bench soak docs lock clean

help:  ## deze lijst
	@grep -hE '^[a-z.]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(VENV)/klaar: requirements/ontwikkeling.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	CPPFLAGS="$(BUILD_FLAGS)" $(BIN)/pip install --quiet --require-hashes -r requirements/ontwikkeling.txt
	$(BIN)/pip install --quiet --no-deps --editable .
	touch $@

.venv: $(VENV)/klaar  ## alleen installeren
	@:
.PHONY: .venv

# het script zelf ziet of er iets veranderd is; na de eerste keer vraagt het geen netwerk
stijl: $(VENV)/klaar  ## de stijl van de pagina's bouwen
	$(BIN)/python web/stijl/bouw.py

start: stijl  ## het formulier op http://127.0.0.1:$(PORT)
	$(BIN)/huurtoets start --port $(PORT)

test: stijl  ## alle tests
	$(BIN)/python -m pytest -n 2

soak: stijl  ## de lange tests
	$(BIN)/python -m pytest -n 2 -m traag

check: $(VENV)/klaar  ## stijl, typen en de regelbestanden
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/huurtoets regels controleer

docs: $(VENV)/klaar  ## de bladzijden over de besluiten opnieuw schrijven
	$(BIN)/python docs/maak_regels.py

bench: stijl  ## meten: toets, geheugen, HTTP
	$(BIN)/python -m bench

lock: $(VENV)/klaar  ## de vaste versies opnieuw bepalen (vraagt uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade pyproject.toml -o requirements/basis.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade pyproject.toml --group dev -c requirements/basis.txt -o requirements/ontwikkeling.txt

clean:  ## de omgeving weghalen
	rm -rf $(VENV) node_modules web/static/bouw build *.egg-info
