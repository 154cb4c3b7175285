# Comptoir's commands. `make` alone lists them.

PORT ?= 8000
DEMO ?= 1
WORKERS ?= auto
PY := .venv/bin/python

# Real data for the tests that read some: named by the environment, else beside the repository.
FORUM_SAMPLE_DATA ?= $(abspath $(wildcard ../shared/data))
ifneq ($(FORUM_SAMPLE_DATA),)
export FORUM_SAMPLE_DATA
endif

CATALOGUES := $(patsubst %.po,%.mo,$(wildcard forum/translations/*/LC_MESSAGES/messages.po))
PIP_INSTALL = $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
# Installing is quiet, unless it fails.
quietly = $(1) >.venv/pip.log 2>&1 || { cat .venv/pip.log >&2; exit 1; }

.DEFAULT_GOAL := help
.PHONY: help run setup test test-long check format bench bench-search bench-speed texts docs migration lock clean free-port chromium
.NOTPARALLEL:
.DELETE_ON_ERROR:

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: free-port setup ## Start the forum on http://127.0.0.1:8000 (PORT=8123 elsewhere, DEMO=0 empty)
	@exec $(PY) -m flask serve --port $(PORT) --upgrade $(if $(filter 0,$(DEMO)),,--demo)

setup: .venv/installed static/vendor/manifest.json $(CATALOGUES) ## Install what the forum needs, or notice that it is there
	@:

test: setup .venv/installed-dev chromium check ## Check and test everything, as CI does (ARGS="-k search" for less)
	@$(PY) -m pytest -n $(WORKERS) $(ARGS)

test-long: setup .venv/installed-dev chromium ## Run the tests that take longer than a coffee
	@$(PY) -m pytest -n $(WORKERS) -m long $(ARGS)

check: setup .venv/installed-dev ## The fast half: style, types, imports, translations, migrations
	@$(PY) tools/check.py

format: .venv/installed-dev ## Put the code in the house style
	@$(PY) -m ruff format . && $(PY) -m ruff check --fix .

bench: setup ## Measure speed and size into bench/results/ (ARGS="--quick" for a glance)
	@$(PY) -m bench $(ARGS)

bench-search: setup ## Measure how well the forum finds, beside baselines (ARGS="--quick --failing")
	@$(PY) -m bench.search_quality $(ARGS)

bench-speed: setup ## Measure what searching costs at any size (ARGS="--posts 20000 --quick")
	@$(PY) -m bench.search_speed $(ARGS)

texts: setup ## Bring the translation catalogues up to date with the code
	@$(PY) tools/translations.py update

docs: setup ## Write docs/settings.md from the code
	@PYTHONPATH=. $(PY) tools/settings_page.py

migration: setup ## Write a migration from the models (NAME="add topic kind")
	@$(PY) -m flask db migrate -m "$(if $(NAME),$(NAME),$(error make migration NAME="add topic kind"))"

lock: .venv/installed ## Pin again what requirements*.in name (ARGS=--upgrade for what they need in turn)
	@$(PY) -m venv .venv/lock && .venv/lock/bin/pip install --quiet uv==0.13.9
	@for list in requirements requirements-dev requirements-node; do \
		.venv/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-header --no-emit-index-url $(ARGS) $$list.in -o $$list.txt || exit 1; done

clean: ## Remove what set-up and tests made; members' data in instance/ stays
	@rm -rf .venv node_modules static/vendor .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find forum tests migrations tools -name __pycache__ -prune -exec rm -rf {} +
	@rm -f $(CATALOGUES)

# What the commands above are made of.

.venv/bin/python:
	@python=$$(sh tools/python.sh) && echo "Making .venv with $$($$python --version)…" && $$python -m venv --clear .venv

.venv/installed: requirements.txt | .venv/bin/python
	@echo "Installing the Python packages…"
	@$(call quietly,$(PIP_INSTALL) -r requirements.txt)
	@touch $@

.venv/installed-dev: requirements-dev.txt | .venv/installed
	@echo "Installing what tests and checks need…"
	@$(call quietly,$(PIP_INSTALL) -r requirements-dev.txt)
	@touch $@

static/vendor/manifest.json: package.json package-lock.json tools/vendor.py tools/icons.txt tools/world.mjs | .venv/installed
	@$(PY) tools/vendor.py
	@touch $@

%.mo: %.po | .venv/installed
	@$(PY) tools/translations.py compile $< $@

free-port:
	@python=$$(sh tools/python.sh) && $$python tools/port.py $(PORT)

chromium:
	@sh tools/chromium.sh
