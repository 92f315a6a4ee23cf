# The same commands on every machine; CI calls them too. `make help` lists them.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
PEERS := var/bench/venv
DJSTRIPE := var/bench/djstripe
NODE := var/node
POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/postgres

.DEFAULT_GOAL := help

help: ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-20s %s\n", $$1, $$2}'

$(VENV)/.base: requirements/base.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11 ...") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) -r requirements/base.txt
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	$(PIP) -r requirements/dev.txt
	touch $@

translations: $(VENV)/.base ## Make .venv with the runtime packages and compile the catalogues
	@$(BIN)/python -m achk_site.translations

demo: $(VENV)/.base translations ## Run the whole site on this machine: PORT=9000 make demo
	@PORT=$(PORT) $(BIN)/python manage.py demo

test: $(VENV)/.dev translations ## Run every test that needs no server, on SQLite
	$(BIN)/python -m pytest -n auto -m "not browser and not postgres"

test-postgres: $(VENV)/.dev translations ## Run the same tests on PostgreSQL (POSTGRES_URL)
	DATABASE_URL=$(POSTGRES_URL) $(BIN)/python -m pytest -n auto -m "not browser and not sqlite"

$(NODE)/.installed: requirements/node/package-lock.json
	mkdir -p $(NODE)
	cp requirements/node/package.json requirements/node/package-lock.json $(NODE)
	cd $(NODE) && npm ci --ignore-scripts --no-audit --no-fund
	touch $@

test-browser: $(VENV)/.dev $(NODE)/.installed translations ## Run the browser tests in Chromium
	$(BIN)/python -m pytest -m browser -n auto --dist loadfile --no-loadscope-reorder

chaos: $(VENV)/.dev translations ## Kill workers among 10,000 letters, then among 10,000 gifts, on the database of DATABASE_URL
	CHAOS_MAILS=$${CHAOS_MAILS:-10000} CHAOS_KILLS=$${CHAOS_KILLS:-20} CHAOS_CONTROL_MAILS=$${CHAOS_CONTROL_MAILS:-10000} \
	CHAOS_PACED_LETTERS=$${CHAOS_PACED_LETTERS:-5000} CHAOS_GIFTS=$${CHAOS_GIFTS:-10000} CHAOS_GIFT_KILLS=$${CHAOS_GIFT_KILLS:-20} \
	$(BIN)/python -m pytest -m chaos -o log_cli=true -o log_cli_level=INFO

$(PEERS)/.installed: requirements/bench.txt $(VENV)/.base
	test -x $(PEERS)/bin/python || $(BIN)/python -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	touch $@

$(DJSTRIPE)/.installed: requirements/djstripe.txt $(VENV)/.base
	test -x $(DJSTRIPE)/bin/python || $(BIN)/python -m venv $(DJSTRIPE)
	$(DJSTRIPE)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/djstripe.txt
	touch $@

screens: $(VENV)/.dev translations ## Take the pictures of the editors' guide anew from the demo
	$(BIN)/python -m tests.screens

fraud: $(VENV)/.dev translations ## Mix 10,000 honest signers with as many fraudulent ones (some five minutes)
	FRAUD_SET=$${FRAUD_SET:-10000} $(BIN)/python -m pytest tests/actions/petitions/test_fraud_set.py -k as_large -o log_cli=true -o log_cli_level=INFO

bench: $(VENV)/.dev $(NODE)/.installed translations $(PEERS)/.installed $(DJSTRIPE)/.installed ## Race us against our peers; BENCH_QUICK=1 only tries the harness
	$(BIN)/python -m tests.bench

lint: $(VENV)/.dev ## Style, types, import arrows, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run

messages: $(VENV)/.dev ## Collect the texts to translate (needs gettext)
	$(BIN)/python manage.py makemessages -l fr -l zh_Hant --no-location --no-wrap --no-obsolete -i var -i .venv -i tests

check-translations: $(VENV)/.dev ## Fail on a text that is not collected or not translated (needs gettext)
	scripts/check_translations

check-deploy: $(VENV)/.base ## Check the production settings with made-up secrets
	scripts/check_deploy

lock: ## Compile the locks anew (needs uv)
	cd requirements && for name in base dev bench djstripe; do uv pip compile --generate-hashes --universal --no-emit-index-url -p 3.11 -q $$name.in -o $$name.txt; done

upgrade: ## Raise every pinned version within its range, then test (needs uv)
	cd requirements && for name in base dev bench djstripe; do uv pip compile --upgrade --generate-hashes --universal --no-emit-index-url -p 3.11 -q $$name.in -o $$name.txt; done
	$(MAKE) test

.PHONY: help translations demo test test-postgres test-browser chaos fraud bench lint messages check-translations check-deploy lock upgrade
