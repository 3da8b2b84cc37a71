# Everything from nothing but Python (3.11 or later) and make: an environment in .venv, versions and hashes from the lock files.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --quiet --require-hashes --no-deps --no-build-isolation --use-pep517
JOBS ?= auto

.PHONY: bench help demo test check lock browser docs clean bench-view bench-serve load-test crash-test fuzz audit verify-data

help:
	@echo "make demo    build corpus/ into exports/graph, write the page and all exports"
	@echo "make test    run every test"
	@echo "make check   formatting, lint and types"
	@echo "make bench-view  time to write, open and use a page of 5,000 things"
	@echo "make bench-serve  time of every request on a graph of 1,000,000 facts (graph and index take 20 minutes or more of processor time; ARGS="--graph FOLDER" keeps them)"
	@echo "make load-test  64 clients for 60 seconds against one server"
	@echo "make crash-test  200 builds killed at random moments (ten minutes at most)"
	@echo "make fuzz    nasty files and mutations through every reader, patterns, rules (ten minutes at most)"
	@echo "make verify-data  every fact of the real texts beside the checkout against its source"
	@echo "make audit   known weaknesses of the locked dependencies (needs the network)"
	@echo "make bench   speed and memory as ratios (ARGS=--full for 20,000 documents)"
	@echo "make docs    write docs/cli.md anew from the commands' own help"
	@echo "make lock    resolve the dependencies anew (needs uv)"
	@echo "make clean   remove what the demo wrote"

KG := $(BIN)/kg
OUT := exports

demo: $(VENV)/.runtime
	$(KG) build corpus -o $(OUT)/graph
	$(KG) view -g $(OUT)/graph -o $(OUT)/graph.html
	$(KG) export -g $(OUT)/graph -f turtle -o $(OUT)/graph.ttl
	$(KG) export -g $(OUT)/graph -f trig -o $(OUT)/graph.trig
	$(KG) export -g $(OUT)/graph -f nquads -o $(OUT)/graph.nq
	$(KG) export -g $(OUT)/graph -f jsonld -o $(OUT)/graph.jsonld
	$(KG) export -g $(OUT)/graph -f rdfxml -o $(OUT)/graph.rdf
	$(KG) export -g $(OUT)/graph -f graphml -o $(OUT)/graph.graphml
	$(KG) export -g $(OUT)/graph -f gexf -o $(OUT)/graph.gexf
	$(KG) export -g $(OUT)/graph -f csv -o $(OUT)/csv
	@echo
	$(KG) info -g $(OUT)/graph
	@echo
	$(KG) ask projects-underway --area 錢塘區 -g $(OUT)/graph
	@echo
	@echo "The page:          file://$(abspath $(OUT))/graph.html"
	@echo "Ask more:          $(KG) ask"
	@echo "What is known of:  $(KG) explain 錢塘區"

test: $(VENV)/.development browser
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile $(ARGS)

check: $(VENV)/.development
	$(BIN)/python -m ruff check kg tests benchmarks
	$(BIN)/python -m mypy

docs: $(VENV)/.runtime
	$(BIN)/python -m kg.cli.reference > docs/cli.md

# The build tools come first: jieba is published as source only, and is built with what is installed here.
$(VENV)/.build: requirements-build.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; say make PYTHON=/path/to/python" >&2; exit 2; }
	@echo "making $(VENV) and installing the build tools …"
	$(PYTHON) -m venv $(VENV)
	$(PIP) -r requirements-build.lock
	@touch $@

# --no-deps: the lock file names everything, so nothing else may come in.
$(VENV)/.runtime: $(VENV)/.build requirements.lock pyproject.toml
	@echo "installing the locked versions of what kg needs (half a minute) …"
	$(PIP) -r requirements.lock
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q kg
	@touch $@

$(VENV)/.development: $(VENV)/.runtime requirements-dev.lock
	@echo "installing what the tests need …"
	$(PIP) -r requirements-dev.lock
	@touch $@

# The explorer is tested in a real browser. Where none can be had, those tests are skipped, and say so.
browser:
	@command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 \
	|| { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 \
	     && { apt-get install -y -qq chromium >/dev/null 2>&1 \
	          || { apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq chromium >/dev/null 2>&1; }; }; } \
	|| echo "NO CHROMIUM: install it (apt-get install chromium), or the browser tests are skipped" >&2

bench-view: $(VENV)/.development browser
	$(BIN)/python benchmarks/bench_view.py $(ARGS)

bench-serve: $(VENV)/.development
	$(BIN)/python benchmarks/bench_serve.py $(ARGS)

load-test: $(VENV)/.development
	$(BIN)/python tests/load/clients.py $(ARGS)

crash-test: $(VENV)/.development
	$(BIN)/python -m tests.crash.harness $(ARGS)

fuzz: $(VENV)/.development
	$(BIN)/python -m tests.fuzz.harness $(ARGS)

verify-data: $(VENV)/.development
	$(BIN)/python -m tests.provenance.harness $(ARGS)

# pip-audit is no dependency: it is fetched for this alone, and asks pypi.org for the advisories of each locked version.
audit:
	$(PYTHON) -m venv .audit
	.audit/bin/python -m pip install --disable-pip-version-check --quiet pip-audit
	.audit/bin/pip-audit --require-hashes --disable-pip -r requirements.lock $(ARGS)

LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url \
	--custom-compile-command "make lock"
lock:
	$(LOCK) --group build -o requirements-build.lock
	$(LOCK) pyproject.toml -c requirements-build.lock -o requirements.lock
	$(LOCK) pyproject.toml --group dev -c requirements.lock -c requirements-build.lock -o requirements-dev.lock

bench: $(VENV)/.development
	$(BIN)/python benchmarks/bench.py $(ARGS)

clean:
	find exports -mindepth 1 ! -name README.md -delete
