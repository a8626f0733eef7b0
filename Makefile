# Every target makes what it needs, inside .venv, from a bare Python 3.11 or newer.
#
#   make demo     each shipped policy asked, every answer with its reason
#   make test     the tests
#   make help     the other targets

PYTHON ?= python3
JOBS ?= 2
SECONDS ?= 60

VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet
POLICIES := $(wildcard policies/*/*.sla)

.DEFAULT_GOAL := help
.PHONY: help demo test logs spark lint format docs bench hunt snapshots compiled wheel clean

help:
	@echo 'make demo                each shipped policy asked, every answer with its reason'
	@echo 'make test                the tests'
	@echo 'make logs                the tests of logs of a million tickets'
	@echo 'make spark               the tests under Spark, which needs Java 17 or newer'
	@echo 'make lint                ruff, pyright and the import contract'
	@echo 'make docs                the documentation, in docs/_build/html'
	@echo 'make format              lay out the Python code'
	@echo 'make bench               measure beside other libraries'
	@echo 'make hunt SECONDS=60     random cases against the reference, for as long as told'
	@echo 'make snapshots           write the expected outputs of the tests anew'
	@echo 'make compiled            compile the shipped policies anew'
	@echo 'make wheel               sdist and wheel, in dist/'
	@echo 'make clean               remove what these targets made'

# A stamp per set of packages: a second run installs nothing, a change of pyproject.toml does.

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: pyproject.toml $(VENV)/.made
	$(PIP) --editable .
	@$(BIN)/python -m compileall -q sla_dsl
	@touch $@

$(VENV)/.test $(VENV)/.lint $(VENV)/.docs $(VENV)/.bench $(VENV)/.spark: $(VENV)/.%: pyproject.toml $(VENV)/.run
	$(PIP) --editable '.[$*]'
	@touch $@

# $(call sla,ARGUMENTS) prints a command, then runs it.
define sla
@printf '\n$$ sla %s\n' "$(1)"
@$(BIN)/sla $(1)
endef

demo: $(VENV)/.run
	$(call sla,priority cloudcti entire_service_unavailable=yes location_affected=1)
	$(call sla,due cloudcti --clock response --priority p1 --created 2026-03-06T15:00+01:00 --set holidays=none)
	$(call sla,due rekor --clock resolution --priority p1 --created 2026-03-06T15:00-05:00)
	$(call sla,due secpod --clock response --priority critical --created 2026-03-07T23:30-05:00)
	$(call sla,due sightworks --clock resolution --priority low --created 2026-03-06T15:00+01:00)
	$(call sla,due policies/sightworks/northgate.sla --clock response --priority high --created 2026-03-03T22:00+11:00)

test: $(VENV)/.test
	$(BIN)/python -m pytest -q -n $(JOBS) --dist loadgroup

logs: $(VENV)/.test
	$(BIN)/python -m pytest -q tests/large

spark: $(VENV)/.test $(VENV)/.spark
	$(BIN)/python -m pytest -q tests/spark

# The types of what tests and benchmarks import are checked too.
lint: $(VENV)/.lint $(VENV)/.test $(VENV)/.bench $(VENV)/.spark
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

format: $(VENV)/.lint
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/.docs
	$(BIN)/python -m sphinx -q -E -W --keep-going -b html docs docs/_build/html

bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks $(BENCH)

hunt: $(VENV)/.test
	$(BIN)/python -m tests.hunt --seconds $(SECONDS)

snapshots: $(VENV)/.test
	$(BIN)/python -m pytest -q --snapshot-update

compiled: $(VENV)/.run
	@for policy in $(POLICIES:.sla=); do \
		echo "$$policy.json"; \
		$(BIN)/sla compile $$policy.sla -o $$policy.json || exit $$?; \
	done

wheel: $(VENV)/.test
	$(BIN)/python -m build --no-isolation --outdir dist

clean:
	rm -rf $(VENV) dist docs/_build .pytest_cache .ruff_cache .hypothesis .import_linter_cache
