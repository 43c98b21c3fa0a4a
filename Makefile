# What one does with this project. Each target sets up what it needs; `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test check format schema bench faults up down

BIN := .venv/bin
READY := .venv/.ready
# `make test ARGS="tests/services/deals -x"` runs these in one process; `make test ARGS=-x` runs all
ARGS ?=
WORKERS ?= auto
ON_A_BUS := tests/chassis
ON_SYSTEMS := tests/examples tests/journeys tests/support

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(READY) ## Run the whole system in one process: http://127.0.0.1:8000 (CRM_HTTP_PORT), files in ./var (CRM_DATA_DIR)
	@CRM_LOG_FORMAT=$${CRM_LOG_FORMAT:-console} exec $(BIN)/crm run

# Tests that need a broker wait most of their time, and run eventlet as in life: they have two processes of their own, beside the others.
test: $(READY) ## Run the tests, on the embedded system and, where RabbitMQ and PostgreSQL are found, on these
ifneq ($(filter tests/%,$(ARGS)),)
	$(BIN)/pytest -m 'not slow' $(ARGS)
else
	@said=$$(mktemp -d); \
	$(BIN)/pytest -m 'not slow' $(ON_A_BUS) $(ARGS) >$$said/bus 2>&1 & bus=$$!; \
	$(BIN)/pytest -m 'not slow' $(ON_SYSTEMS) $(ARGS) >$$said/systems 2>&1 & systems=$$!; \
	$(BIN)/pytest -m 'not slow' -n $(WORKERS) --maxprocesses 4 $(patsubst %,--ignore=%,$(ON_A_BUS) $(ON_SYSTEMS)) $(ARGS); others=$$?; \
	wait $$bus; bus=$$?; wait $$systems; systems=$$?; cat $$said/bus $$said/systems; rm -r $$said; \
	[ $$others -eq 0 ] && [ $$bus -eq 0 ] && [ $$systems -eq 0 ]
endif

faults: $(READY) ## Run the tests that kill and restart brokers, databases and services
	$(BIN)/pytest -m slow $(ARGS)

check: $(READY) ## Check format, lint, types, imports, lock, printed schemas and migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/uv lock --check
	$(BIN)/python -W ignore -m gateway.schema | diff -u schema.graphql - || { echo 'schema.graphql is not what the code says: make schema'; exit 1; }
	$(BIN)/python -m crm.schemas check
	$(BIN)/python -m crm.guards_page | diff -u docs/guards.md - || { echo 'docs/guards.md is not what the catalogue says: make schema'; exit 1; }
	$(BIN)/pytest -q tests/services/test_migrations.py -k sqlite

format: $(READY) ## Format the code and mend what the linter can mend
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

schema: $(READY) ## Print schema.graphql, the events' schemas and the page of the guards anew
	$(BIN)/python -W ignore -m gateway.schema >schema.graphql.new && mv schema.graphql.new schema.graphql
	$(BIN)/python -m crm.schemas write
	$(BIN)/python -m crm.guards_page >docs/guards.md.new && mv docs/guards.md.new docs/guards.md

bench: $(READY) ## Measure this machine: RPC, relay, GraphQL and the contact book (ARGS=contacts for one part)
	$(BIN)/python -m benchmarks $(ARGS)

up: .env ## Build and start the system in containers (Docker Compose), with secrets in .env
	docker compose up --build --detach --wait
	@echo 'The gateway listens on http://127.0.0.1:'"$$(. ./.env && echo $${CRM_HTTP_PORT:-8000})"'; a token: docker compose exec gateway crm token --role admin'

down: ## Stop the containers; their data stays in volumes (docker compose down --volumes drops it)
	docker compose down

.env:
	@umask 077 && while IFS= read -r line; do case $$line in \
	  *=generate) echo "$${line%generate}$$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')" ;; \
	  *) printf '%s\n' "$$line" ;; esac; done <.env.example >.env.new && mv .env.new .env
	@echo 'Wrote .env, with secrets made at random.'

$(READY): pyproject.toml uv.lock
	@python= ; for candidate in $(PYTHON) python3 python3.13 python3.12 python3.11; do \
	  $$candidate -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && { python=$$candidate; break; }; done; \
	[ -n "$$python" ] || { echo 'This needs Python 3.11, 3.12 or 3.13; none of python3, python3.13, python3.12, python3.11 is one (PYTHON=… names another).' >&2; exit 1; }; \
	$$python -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python lacks venv; on Debian: apt-get install $$($$python -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" >&2; exit 1; }; \
	$(BIN)/uv --version >/dev/null 2>&1 || { $$python -m venv --clear .venv && $(BIN)/python -m pip install --quiet --disable-pip-version-check uv; }
	$(BIN)/uv sync --quiet --locked --inexact --compile-bytecode --no-python-downloads --python $(BIN)/python
	@touch $(READY)
