# A fresh Debian with python3, python3-venv and make is all that is needed; everything else goes into .venv.
#
#   make demo    see it work, on the files in examples/
#   make test    everything that must hold: formatting, lint, types, layers, rules, tests

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Python compiles what it imports; to compile all that is installed beforehand takes longer than installing it.
INSTALL := install --no-compile
CODE := src tests examples benchmarks scripts
AS_OF := 2026-06-30

.DEFAULT_GOAL := help
.PHONY: help demo test check format walkthrough docs editor soak fairness clean wheel wheel-check spark
.PHONY: bench bench-start bench-batch bench-delta bench-frames bench-hostile bench-ledger bench-names bench-peers bench-report bench-rules bench-spark bench-suppliers

help: ## Say what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/:/' | column -t -s:

# Stamps, so that nothing is installed twice. Dependency groups need pip 25.1, which a distribution may not have.
$(VENV)/.made:
	$(PYTHON) -m venv $(VENV)
	$(PIP) $(INSTALL) --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/.package: $(VENV)/.made pyproject.toml constraints.txt
	$(PIP) $(INSTALL) --constraint constraints.txt --editable '.[xlsx]'
	@touch $@

# All that .package installs, too: whoever develops needs one installation, not two.
$(VENV)/.dev: $(VENV)/.made pyproject.toml constraints.txt
	$(PIP) $(INSTALL) --constraint constraints.txt --group dev --editable '.[all]'
	@touch $(VENV)/.package $@

demo: $(VENV)/.package ## Screen the example files and leave the results in demo-out/
	@mkdir -p demo-out
	@echo '$$ laborscreen screen examples/vendor_master.csv examples/due_diligence.jsonl -o demo-out/results.jsonl \'
	@echo '    --report demo-out/report.html'
	@$(BIN)/laborscreen screen examples/vendor_master.csv examples/due_diligence.jsonl \
	  --as-of $(AS_OF) -o demo-out/results.jsonl --summary demo-out/summary.json --report demo-out/report.html
	@$(BIN)/laborscreen screen examples/vendor_master.csv examples/due_diligence.jsonl \
	  --as-of $(AS_OF) -o demo-out/results.xlsx 2> /dev/null
	@$(BIN)/python examples/procurement_gate.py
	@echo
	@echo 'Results are in demo-out/: open report.html. To see why a record was flagged:'
	@echo '  $(BIN)/laborscreen explain examples/vendor_master.csv --id <the id>'

check: $(VENV)/.dev ## Formatting, lint, types, layers, the rulebook and its tests
	$(BIN)/ruff format --check $(wildcard $(CODE))
	$(BIN)/ruff check $(wildcard $(CODE))
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/laborscreen rules check
	$(BIN)/laborscreen rules test

# Node is not needed for anything else. Where npm is missing or reaches no registry, tests/editor says that it was left out.
EDITOR_SERVER := $(VENV)/editor
$(EDITOR_SERVER)/.made: tests/editor/package.json
	@mkdir -p $(EDITOR_SERVER)
	@cp $< $(EDITOR_SERVER)/
	@if ! command -v npm > /dev/null; then echo 'npm is not installed: tests/editor is left out'; \
	elif npm install --prefix $(EDITOR_SERVER) --no-audit --no-fund --no-package-lock --ignore-scripts \
	  --loglevel=error --fetch-retries=1 --fetch-timeout=20000; then touch $@; \
	else echo 'the language server could not be installed: tests/editor is left out'; fi

editor: $(VENV)/.dev $(EDITOR_SERVER)/.made ## The example rulebook in an editor: completion, hover, squiggles (needs node and npm)
	@test -f $(EDITOR_SERVER)/.made
	$(BIN)/python -m pytest tests/editor

test: check $(EDITOR_SERVER)/.made ## All of that, and the tests
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal -m 'not soak'

format: $(VENV)/.dev ## Put the code in order
	$(BIN)/ruff format $(wildcard $(CODE))
	$(BIN)/ruff check --fix $(wildcard $(CODE))

walkthrough: $(VENV)/.package ## Write the output shown in the README anew
	$(BIN)/python scripts/walkthrough.py

# The comparison with other rule engines lies outside this repository: make bench RULE_ENGINES=its/folder
docs: $(VENV)/.package ## Write docs/rulebook.md, the prepared rulebook and the tables that come from the rules anew
	$(BIN)/python scripts/write_docs.py

bench: $(VENV)/.dev ## Speed of one record, and with RULE_ENGINES=DIR the comparison of rule engines
	$(BIN)/python benchmarks/one_record.py
ifdef RULE_ENGINES
	$(BIN)/python -m pip --quiet install --requirement $(RULE_ENGINES)/requirements.txt
	$(BIN)/python $(RULE_ENGINES)/run.py --adapter benchmarks/rule_engines/laborscreen_adapter.py --cores 1
	$(BIN)/python benchmarks/text_scan.py --common $(RULE_ENGINES)/common.py
endif

wheel: $(VENV)/.made ## Build the wheel into dist/
	@rm -f dist/laborscreen-*.whl
	$(PIP) wheel --no-deps --wheel-dir dist .

# Outside the checkout and without extras, so that nothing is found by chance.
wheel-check: wheel $(VENV)/.package ## Install the wheel by itself, screen a file, compare the results with the checkout's
	rm -rf .venv-wheel
	$(PYTHON) -m venv --without-pip .venv-wheel
	$(PIP) --python .venv-wheel $(INSTALL) --constraint constraints.txt dist/laborscreen-*.whl
	cd dist && ../.venv-wheel/bin/laborscreen screen ../examples/vendor_master.csv --as-of $(AS_OF) -o wheel.jsonl 2> /dev/null
	$(BIN)/laborscreen screen examples/vendor_master.csv --as-of $(AS_OF) -o dist/checkout.jsonl 2> /dev/null
	cmp dist/wheel.jsonl dist/checkout.jsonl
	@rm -rf .venv-wheel dist/wheel.jsonl dist/checkout.jsonl
	@echo 'the wheel works without extras and gives the same bytes'

# Spark warns of the pandas that the development tools install, so it has an environment of its own.
.venv-spark/.made: $(VENV)/.made pyproject.toml constraints.txt constraints-spark.txt
	$(PYTHON) -m venv --without-pip .venv-spark
	grep -v '^pandas==' constraints.txt | cat - constraints-spark.txt > .venv-spark/constraints.txt
	$(PIP) --python .venv-spark $(INSTALL) \
	  --constraint .venv-spark/constraints.txt --editable '.[spark,xlsx]' pytest hypothesis
	@touch $@

spark: .venv-spark/.made ## Test Spark on a local session (needs Java 17; a download of half a gigabyte)
	.venv-spark/bin/python -m pytest tests/spark

bench-spark: .venv-spark/.made ## Spark: rows a second on one core and on two
	.venv-spark/bin/python benchmarks/spark_bench.py

soak: $(VENV)/.dev ## The slow proofs, some minutes (with EVERY_KILOBYTE=1 each kilobyte of the real lists: half an hour or more)
	$(BIN)/python -m pytest -m soak --numprocesses auto --maxprocesses 4 tests/watchlists
	$(BIN)/python -m pytest -m soak --ignore tests/watchlists

bench-start: $(VENV)/.dev ## What a start costs: the import, a screener, ten rows, and what a newcomer calls
	$(BIN)/python benchmarks/start_up.py

bench-batch: $(VENV)/.dev ## A vendor master of a million rows: seconds, memory, beside polars (BATCH="--rows 10000000" for more)
	$(BIN)/python benchmarks/batch_bench.py $(BATCH)

bench-delta: $(VENV)/.dev ## A delta run with one row in a hundred changed, beside a full run
	$(BIN)/python benchmarks/delta_bench.py

bench-names: $(VENV)/.dev ## Names: recall, false alerts, speed (needs the development data beside the repository)
	$(BIN)/python benchmarks/names_bench.py $(NAMES)

# nomenklatura needs PyICU, which has no wheel and is compiled here; and other versions of libraries that laborscreen uses.
.venv-peers/.made: pyproject.toml constraints-peers.txt
	@pkg-config --exists icu-i18n || { echo 'bench-peers compiles PyICU and needs ICU: apt install g++ pkg-config libicu-dev'; exit 1; }
	@command -v g++ > /dev/null || { echo 'bench-peers compiles PyICU and needs a compiler: apt install g++'; exit 1; }
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip --disable-pip-version-check --quiet install --constraint constraints-peers.txt \
	  --editable . nomenklatura
	@touch $@

bench-peers: .venv-peers/.made ## Names: the same tables and queries by laborscreen, rapidfuzz and nomenklatura, in one run
	.venv-peers/bin/python benchmarks/names_peers.py

bench-rules: $(VENV)/.dev ## What working on rules costs: checking and testing a large pack, hostile packs, mutation, impact
	$(BIN)/python benchmarks/rules_check_bench.py
	$(BIN)/python benchmarks/rules_bench.py

.PHONY: screenshots
screenshots: $(VENV)/.dev ## Pictures of the report in docs/images/, by Chromium
	$(BIN)/python scripts/screenshots.py

bench-report: $(VENV)/.dev ## Report: size, time to write, time to open and filter in Chromium
	$(BIN)/python benchmarks/report_bench.py

bench-ledger: $(VENV)/.dev ## Ledger: 1,000,000 decisions appended and checked (some minutes)
	$(BIN)/python benchmarks/ledger_bench.py

bench-frames: $(VENV)/.dev ## Rows a second and memory of polars, pandas and pyarrow frames, flat and nested
	$(BIN)/python benchmarks/frames_bench.py

bench-suppliers: $(VENV)/.dev ## Every real supplier file: rows, outcomes, seconds (needs the development data)
	$(BIN)/python benchmarks/real_suppliers.py

bench-hostile: $(VENV)/.dev ## Files made to hurt: refused within 10 seconds and 500 MB
	$(BIN)/python benchmarks/hostile_files.py

fairness: $(VENV)/.dev ## False-alert rates for groups of names and records
	$(BIN)/python -m pytest tests/fairness

clean: ## Remove what was made
	rm -rf $(VENV) .venv-spark demo-out
