# One command for the site, one for the tests; both set everything up first.
.DEFAULT_GOAL := help
SHELL := /bin/sh
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1
COMMITTED = $(shell git log -1 --format=%ct 2>/dev/null)
# What would let Python or its installers work elsewhere than here.
unexport $(shell sed 's/ *\#.*//' .ci/elsewhere)
export SOURCE_DATE_EPOCH := $(or $(SOURCE_DATE_EPOCH),$(COMMITTED),0)

.PHONY: help site serve figure new-figure test test-all why check bench audit bundle pdf hooks lock
.PHONY: clean ready rendered
help: ## Say what each target does.
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-12s%s\n", $$1, $$2}' $(MAKEFILE_LIST)

ready: # .venv is this folder's, and is as the lock says; a few milliseconds if it is
	@.ci/setup

site: ready ## Build the site into site/, rendering the figures that are stale.
	@$(BIN)/mkdocs build --strict

serve: ready ## Show the site at localhost:8000 and follow every edit.
	@REFERENCE=false $(BIN)/mkdocs serve

figure: ready ## Render one figure, light and dark: make figure NAME=two_quadrants.
	@$(BIN)/darkroom build $(NAME) --out .cache/figure && echo "See .cache/figure/figures/."

new-figure: ready ## Lay out a figure's file: NAME=my_figure, MOTION=yes for a film.
	@$(BIN)/python -m bindery new-figure $(if $(MOTION),--motion) $(NAME)

test: rendered ## Check style, types, imports, and with tests the maths, figures, pages and browser.
	@$(BIN)/pytest

test-all: rendered ## The same, and what guards against rare things at great cost.
	@$(BIN)/pytest -m ""

rendered: # every figure is in the cache before tests ask for it, each measured once
	@.ci/setup browser && $(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --cache-dir .cache/imports
	@$(BIN)/darkroom build

why: ready ## Say what made a figure stale: make why NAME=two_quadrants.
	@$(BIN)/darkroom why $(NAME)

# BASE=COMMIT compares with the small copies of that commit, BASELINE=FOLDER with those in a folder.
check: ready ## Prove that pictures are what sources make; ACCEPT=yes renews the small copies.
	@$(if $(BASE),rm -rf .cache/base && mkdir -p .cache/base && \
	  git archive $(BASE) tests/baseline | tar -x -C .cache/base)
	@$(BIN)/darkroom check $(NAME) $(if $(ACCEPT),--accept) \
	  $(addprefix --baseline ,$(or $(BASELINE),$(if $(BASE),.cache/base/tests/baseline))) \
	  $(addprefix --summary ,$(GITHUB_STEP_SUMMARY))

bench: site ## Measure the speed of the core, of the build, and of what readers play with.
	@$(BIN)/pytest -n 0 tests/bench --benchmark-only --benchmark-columns=median,iqr,rounds
	@.ci/setup browser; for part in peers many films serve kills hooks latency; do \
	  $(BIN)/python tests/bench/$$part.py || exit; done

audit: site ## Run Lighthouse on every page (minutes); PAGES="detour lab" on some.
	@.ci/setup browser && npm ci --prefix tests/bench --no-global --location=project \
	  --silent --no-audit --no-fund --ignore-scripts
	@$(BIN)/python tests/bench/audit.py $(PAGES)

bundle: site ## Pack the site into dist/ as one zip that opens without a server.
	@$(BIN)/python -m bindery bundle

pdf: site ## Print the whole argument into dist/ as one PDF.
	@.ci/setup browser && $(BIN)/python -m bindery book

hooks: ready ## Let git run the quick checks before every commit.
	@$(BIN)/pre-commit install

lock: ready ## Resolve all dependencies anew and write requirements.lock.
	@UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --upgrade --universal \
	  --python-version 3.11 --generate-hashes --no-annotate \
	  --group test --group build --group tool pyproject.toml --output-file requirements.lock

clean: ## Remove what was made; the next command makes it again.
	@rm -rf .venv .cache site dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .benchmarks
