# One door to everything: `make help`. CI and pre-commit call the same targets.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
export PROBITY_DATA_DIR ?= $(CURDIR)/var
TEST_DATA := $(CURDIR)/var/test
# Kept bytecode: without it every process that starts compiles the whole product, a third of its start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: texts lock sbom licences vulnerabilities help setup system run test test-services test-llm check fix services services-stop bench bench-screening bench-documents bench-online bench-pages bench-load bench-growth bench-archive drill drill-controls walkthrough openapi screenshots

help: ## what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ —/'

system: ## Tesseract, Chromium, PostgreSQL and Redis from Debian's packages, where that is allowed
	@scripts/system_packages.sh tesseract-ocr libpangoft2-1.0-0 libgomp1

.venv/.installed: requirements.txt constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
ifdef LOCKED
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
else
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -c constraints.txt
endif
	@touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt -c constraints.txt
	@touch $@

node_modules/.installed: package.json package-lock.json | .venv/.installed
	@scripts/npm.sh ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

$(PROBITY_DATA_DIR)/.collected: node_modules/.installed $(shell find static -type f) compliance_site/settings.py
	@$(BIN)/python manage.py collectstatic --noinput -v0
	@touch $@

$(PROBITY_DATA_DIR)/.models: documents/management/commands/fetch_models.py | .venv/.installed
	@$(BIN)/python manage.py fetch_models
	@touch $@

locale/%/LC_MESSAGES/django.mo: locale/%/LC_MESSAGES/django.po | .venv/.installed
	@$(BIN)/python manage.py compile_texts >/dev/null

TEXTS := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))

texts: .venv/.installed ## collects the texts of templates and code into locale/, for translators
	@$(BIN)/python manage.py collect_texts

setup: system .venv/.installed node_modules/.installed $(PROBITY_DATA_DIR)/.collected $(PROBITY_DATA_DIR)/.models $(TEXTS) ## everything `make run` needs

run: setup ## the whole product in one process, with a demonstration
	@exec $(BIN)/python manage.py serve --demo --port $(PORT)

test: setup .venv/.installed-dev ## the whole suite on SQLite, browser tests included
	@scripts/system_packages.sh chromium
	@rm -rf $(TEST_DATA)
	@PROBITY_DATA_DIR=$(TEST_DATA) PROBITY_STATIC_ROOT=$(PROBITY_DATA_DIR)/static PROBITY_MRZ_MODEL=$(PROBITY_DATA_DIR)/models/mrz.traineddata \
		$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test-services: setup .venv/.installed-dev services ## the same suite on PostgreSQL and Redis
	@scripts/system_packages.sh chromium
	@rm -rf $(TEST_DATA)
	@source var/services/env && PROBITY_DATA_DIR=$(TEST_DATA) PROBITY_STATIC_ROOT=$(PROBITY_DATA_DIR)/static \
		PROBITY_MRZ_MODEL=$(PROBITY_DATA_DIR)/models/mrz.traineddata $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test-llm: setup .venv/.installed-dev ## a real small language model behind llama.cpp's server; builds it on first use
	@PROBITY_MRZ_MODEL=$(PROBITY_DATA_DIR)/models/mrz.traineddata scripts/test_llm.sh

check: setup .venv/.installed-dev ## style, types, architecture, migrations, OpenAPI
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/mypy .
	@$(BIN)/lint-imports
	@$(BIN)/bandit -q -c pyproject.toml -r .
	@scripts/system_packages.sh shellcheck
	@for script in scripts/*.sh .ci/run; do bash -n "$$script"; done; shellcheck --severity=warning scripts/*.sh .ci/run
	@$(BIN)/python manage.py check
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python manage.py lint_migrations
	@$(BIN)/python manage.py write_configuration --check
	@$(BIN)/python manage.py spectacular --validate --fail-on-warn --file var/openapi.yaml
	@diff -u openapi.yaml var/openapi.yaml || (echo "openapi.yaml is out of date: make openapi"; exit 1)

lock: .venv/.installed-dev ## writes requirements.lock anew from requirements.txt and constraints.txt, every file by its hash
	@$(BIN)/uv pip compile requirements.txt -c constraints.txt --generate-hashes --no-annotate --no-header --quiet \
		--python-version 3.11 --python-platform x86_64-manylinux_2_28 --upgrade -o requirements.lock

sbom: .venv/.installed-dev node_modules/.installed ## what the product is made of, as CycloneDX: var/sbom/python.json and pages.json
	@mkdir -p var/sbom
	@$(BIN)/cyclonedx-py requirements requirements.lock --spec-version 1.6 --output-format JSON --output-file var/sbom/python.json
	@scripts/npm.sh sbom --sbom-format cyclonedx --sbom-type application --package-lock-only > var/sbom/pages.json
	@$(BIN)/python -c "import json; [print(f'var/sbom/{name}.json:', len(json.load(open(f'var/sbom/{name}.json'))['components']), 'components') for name in ('python', 'pages')]"

licences: .venv/.installed-dev ## the licence of every package; fails where one is not allowed and nobody said why it may stay
	@$(BIN)/python scripts/licences.py

vulnerabilities: ## known weaknesses of the locked packages; asks PyPI's database, so it needs the internet
	@test -x .venv-audit/bin/pip-audit || ($(PYTHON) -m venv .venv-audit && .venv-audit/bin/pip install --quiet --disable-pip-version-check pip-audit==2.10.1)
	@.venv-audit/bin/pip-audit --require-hashes --disable-pip -r requirements.lock

fix: .venv/.installed-dev ## what can be put right by itself
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .

configuration: .venv/.installed ## writes docs/guide/configuration.md
	@$(BIN)/python manage.py write_configuration

openapi: .venv/.installed ## writes openapi.yaml
	@$(BIN)/python manage.py spectacular --file openapi.yaml

client: .venv/.installed-dev ## the Python client of integrators from openapi.yaml, with a wheel: var/client
	@$(BIN)/python scripts/make_client.py var/client
	@$(BIN)/uv build --quiet --wheel --no-sources --python $(BIN)/python --out-dir var/client/dist var/client
	@ls var/client/dist/*.whl

fuzz: setup .venv/.installed-dev services ## every operation of the API by its document, as a program and as people; ARGS="--on postgresql"
	@source var/services/env && $(BIN)/python -m bench.fuzz $(ARGS)

attack-injections: setup .venv/.installed-dev ## two hundred documents that talk to a machine, with a model that obeys each; ARGS="--every 10" for a part
	@$(BIN)/python -m bench.injections $(ARGS)

attack-site: setup .venv/.installed-dev services ## every link and form of the running product with marks in every field; ARGS="--on postgresql --most 8000"
	@source var/services/env && $(BIN)/python -m bench.attack $(ARGS)

services: ## a local PostgreSQL and Redis for tests and benchmarks; `source var/services/env` uses them
	@scripts/services.sh start

services-stop: ## ends them
	@scripts/services.sh stop

matrix: setup .venv/.installed-dev ## writes who may do what, every URL by every role, into tests/security/matrix.csv for review
	@PROBITY_WRITE_MATRIX=1 PROBITY_DATA_DIR=$(TEST_DATA) $(BIN)/python -m pytest tests/security/test_matrix.py -n0 -q
	@git diff --stat tests/security/matrix.csv

bench-monitoring: setup .venv/.installed-dev .venv-bench/.installed ## what the shipped scenarios find, and how fast the evaluator is
	@$(BIN)/python -m bench.monitoring

bench-delivery: setup .venv/.installed-dev services ## a CSV of a million rows to stored alerts, on PostgreSQL
	@source var/services/env && $(BIN)/python -m bench.delivery

bench-learning: setup .venv/.installed-dev ## models beside a plain random forest, and what scoring a million events costs
	@$(BIN)/python -m bench.learning $(ARGS)

bench: setup .venv/.installed-dev ## figures as a table, with machine and commit
	@$(BIN)/python -m bench

bench-documents: setup ## how well and how fast documents are read, against a truth file
	@$(BIN)/python -m bench.documents --misses
.venv-bench/.installed: requirements-bench.txt
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	@touch $@

bench-screening: setup .venv/.installed-dev .venv-bench/.installed ## recall, false alarms and speed of screening, beside LogicV2 and WRatio
	@$(BIN)/python -m bench.screening

bench-rescreen: setup .venv/.installed-dev ## a million customers against real daily changes of OFAC
	@$(BIN)/python -m bench.rescreen

bench-rotation: setup ## files sealed, opened and moved to a new key
	$(BIN)/python -m bench.rotation

bench-columns: setup ## what sealed columns and blind values cost
	$(BIN)/python -m bench.columns

bench-audit: setup .venv/.installed-dev services ## what the record costs, on PostgreSQL
	@source var/services/env && $(BIN)/python -m bench.audit

drill-audit: setup .venv/.installed-dev services ## the record bent in 19 ways as superuser, on PostgreSQL and on the SQLite file
	@$(BIN)/python -m bench.tampering --on sqlite
	@source var/services/env && $(BIN)/python -m bench.tampering --on postgresql

drill-restore: setup .venv/.installed-dev services ## a backup under load, the loss of everything else, a restore; on SQLite and PostgreSQL
	@$(BIN)/python -m bench.restore --on sqlite
	@source var/services/env && $(BIN)/python -m bench.restore --on postgresql

bench-workflows: setup .venv/.installed-dev ## runs of steps that do nothing, through PostgreSQL, Redis and Celery workers
	@scripts/system_packages.sh postgresql redis-server
	@$(BIN)/python -m bench.workflows

drill-workflows: setup .venv/.installed-dev ## 500 runs while workers, Redis and PostgreSQL are killed; then the control without fencing
	@scripts/system_packages.sh postgresql redis-server
	@$(BIN)/python -m bench.workflows.drill
	@$(BIN)/python -m bench.workflows.drill --runs 60 --without-fencing

drill: setup .venv/.installed-dev ## the whole product under load while its parts break; ARGS="--profile long" for 128 faults
	@scripts/system_packages.sh postgresql redis-server
	@$(BIN)/python -m bench.drill $(ARGS)

drill-controls: setup .venv/.installed-dev ## the same drill on a product that doubles, and on one that loses: both must be found out
	@scripts/system_packages.sh postgresql redis-server
	@$(BIN)/python -m bench.drill --control fencing
	@$(BIN)/python -m bench.drill --control promising

bench-load: setup .venv/.installed-dev .venv-bench/.installed ## a bank's day at rising load until it bends, on PostgreSQL, Redis and workers of its own
	@scripts/system_packages.sh postgresql redis-server
	@$(BIN)/python -m bench.load $(ARGS)

bench-online: setup .venv/.installed-dev services ## arrival to alert, 200 transactions a second by every scenario, on PostgreSQL
	@source var/services/env && $(BIN)/python -m bench.online $(ARGS)

bench-pages: setup .venv/.installed-dev services ## server time of queue, case, peek and search over 100,000 cases, on PostgreSQL
	@source var/services/env && $(BIN)/python -m bench.pages

walkthrough: setup .venv/.installed-dev ## the main job on real input, over the API and the pages
	@$(BIN)/python scripts/walkthrough.py

screenshots: setup .venv/.installed-dev ## pictures of the pages for the README
	@scripts/system_packages.sh chromium
	@$(BIN)/python scripts/screenshots.py

bench-archive: setup .venv/.installed-dev services ## old months into sealed files and back, over two million rows, on PostgreSQL
	@source var/services/env && $(BIN)/python -m bench.archive $(ARGS)

bench-growth: setup .venv/.installed-dev services ## pages and REST over 10 M transactions, 1 M customers, 100,000 cases, on PostgreSQL
	@source var/services/env && $(BIN)/python -m bench.growth $(ARGS)
