# Huurtoets: `make start` en `make test` doen al het klaarzetten zelf. `make help` noemt de rest.
PYTHON ?= python3
PORT ?= 8000
JAAR ?= 2026
WERKERS ?= 4
ZAAD ?= 2026
AANTAL ?= 200
VENV := .venv
BIN := $(VENV)/bin
# durable-rules wordt uit C gebouwd; vanaf Python 3.13 heet een functie van Python daarin anders.
BUILD_FLAGS := $(shell $(PYTHON) -c 'import sys; print("-DPyEval_CallObject=PyObject_CallObject" if sys.version_info >= (3, 13) else "")')

.DEFAULT_GOAL := help
.PHONY: help stijl start test check opmaak typen regels spark bench bench-vergelijk nacht soak mutanten docs lock clean

help:  ## deze lijst
	@grep -hE '^[a-z.-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

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

# meer processen dan er processors zijn: een test wacht vaak op een dienst of een browser, en dan rekent een ander
test: stijl  ## alle tests, behalve de lange
	$(BIN)/python -m pytest -n $(WERKERS) --dist worksteal

check: opmaak typen regels  ## stijl, typen en de regelbestanden

opmaak: $(VENV)/klaar
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

typen: $(VENV)/klaar
	$(BIN)/mypy

# het bewijs en de typen vragen elk een processor: met make -j2 gaan zij naast elkaar
regels: $(VENV)/klaar
	$(BIN)/huurtoets regels controleer

# PySpark staat los van het product: een half GB, naast de omgeving, alleen voor deze tests
SPARK := .venv-spark
$(SPARK)/klaar: requirements/spark.txt $(VENV)/klaar
	rm -rf $(SPARK)
	$(BIN)/pip install --quiet --require-hashes --target $(SPARK) -r requirements/spark.txt
	touch $@

MET_JAVA = command -v java >/dev/null || { echo "Spark vraagt Java 17 of nieuwer, op Debian het pakket default-jre-headless"; exit 1; }

spark: stijl $(SPARK)/klaar  ## de tabel op Spark, naast Polars en de losse toets (vraagt Java 17)
	@$(MET_JAVA)
	PYTHONPATH=$(SPARK) $(BIN)/python -m pytest -n 2 tests/regels/test_kolommen_spark.py

soak: stijl $(SPARK)/klaar  ## de lange tests (vraagt Java 17)
	@$(MET_JAVA)
	PYTHONPATH=$(SPARK) $(BIN)/python -m pytest -n 2 -m traag

# wat de wijzigingen maakt staat los van het product; de tests zelf draaien in de gewone omgeving
MUTANTEN := .venv-mutanten
$(MUTANTEN)/klaar: requirements/mutanten.txt
	$(PYTHON) -m venv $(MUTANTEN)
	$(MUTANTEN)/bin/pip install --quiet --require-hashes -r requirements/mutanten.txt
	touch $@

mutanten: stijl $(MUTANTEN)/klaar  ## zien de tests het als er iets verandert? (ZAAD=7 AANTAL=50 make mutanten; een uur of meer)
	$(MUTANTEN)/bin/python -m tests.mutanten --zaad $(ZAAD) --aantal $(AANTAL)

docs: $(VENV)/klaar  ## de bladzijden over de besluiten opnieuw schrijven
	PYTHONPATH=. $(BIN)/python docs/maak_regels.py

bench: stijl  ## meten: toets, geheugen, HTTP
	$(BIN)/python -m bench

# de vergeleken pakketten staan los van het product, in een omgeving van zichzelf
VERGELIJKING := .venv-vergelijking
$(VERGELIJKING)/klaar: requirements/vergelijking.txt
	$(PYTHON) -m venv $(VERGELIJKING)
	$(VERGELIJKING)/bin/pip install --quiet --require-hashes -r requirements/vergelijking.txt
	touch $@

bench-vergelijk: $(VENV)/klaar $(VERGELIJKING)/klaar  ## een hele portefeuille meten, naast openfisca-core en zen-engine
	$(BIN)/python -m bench.portefeuille
	$(BIN)/python -m bench.portefeuille_bestand
	$(BIN)/python -m bench.effect

nacht: $(VENV)/klaar  ## een miljoen huishoudens van 2026: tabel en losse toets gelijk (JAAR=2024 make nacht)
	$(BIN)/python -m tests.hulp.gelijk --jaar $(JAAR) --aantal 1000000

lock: $(VENV)/klaar  ## de vaste versies opnieuw bepalen (vraagt uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade pyproject.toml -o requirements/basis.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade pyproject.toml --group dev -c requirements/basis.txt -o requirements/ontwikkeling.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade --group pyproject.toml:vergelijking -o requirements/vergelijking.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade --group pyproject.toml:spark -o requirements/spark.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade --group pyproject.toml:mutanten -o requirements/mutanten.txt

clean:  ## de omgeving weghalen
	rm -rf $(VENV) $(VERGELIJKING) $(SPARK) $(MUTANTEN) .mutanten node_modules web/static/bouw build *.egg-info
