# Everything a person does with Aras from a checkout. `make help` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PACKAGES := libxapian-dev libxml2-dev libcld2-dev pkg-config
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
RELEASE := swift build -c release --static-swift-stdlib
BIN := .build/release
# All tests at once would hold thousands of files open, more than many systems allow one process.
TEST := swift test --disable-xctest --parallel --experimental-maximum-parallelization-width 8

.PHONY: help
help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

.PHONY: packages
packages: ## Install what is missing of Debian's packages
	@missing=""; for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then echo "installing$$missing"; \
	  $(SUDO) apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq $$missing >/dev/null; fi

.PHONY: build
build: packages ## Build the daemon and the client, optimised
	@$(RELEASE) --product arasd && $(RELEASE) --product aras

.PHONY: demo
demo: build ## Index seeds/, start the daemon, search, show facets, stop
	@.ci/demo

.PHONY: run
run: build ## Serve seeds/ (or what config/aras.yaml says) until interrupted
	@$(BIN)/arasd serve

.PHONY: test
test: packages ## All tests
	@swift build --build-tests -q && $(TEST) --skip-build

.PHONY: lint
lint: ## Format and style, strictly
	@swift format lint --strict --recursive --configuration .swift-format Package.swift Sources Tests

.PHONY: format
format: ## Format all sources in place
	@swift format --in-place --recursive --configuration .swift-format Package.swift Sources Tests

.PHONY: asan
asan: packages ## The shim's tests under the address sanitizer (leaks too)
	@ARAS_SHIM_ONLY=1 $(TEST) --sanitize=address --scratch-path .build-asan

.PHONY: tsan
tsan: packages ## The shim's tests under the thread sanitizer
	@ARAS_SHIM_ONLY=1 $(TEST) --sanitize=thread --scratch-path .build-tsan

BENCH_KIT ?= ../shared/bench
PASSAGES ?= 20000
ROUNDS ?= 3

.PHONY: bench
bench: build ## Aras beside its peers on PASSAGES passages (20000, 100000, 1000000), by the kit in BENCH_KIT
	@[ -f "$(BENCH_KIT)/run.py" ] || { echo "there is no kit in $(BENCH_KIT): say where it is with BENCH_KIT=folder"; exit 1; }
	@ARASD="$(CURDIR)/$(BIN)/arasd" python3 "$(BENCH_KIT)/run.py" --passages $(PASSAGES) --rounds $(ROUNDS) --work "$(CURDIR)/.build/bench"

ARTICLES ?= $(BENCH_KIT)/.bench/corpus/20000/articles.jsonl

.PHONY: bench-parts
bench-parts: packages ## What the parts of indexing and searching take by themselves, over ARTICLES (a file of JSON Lines)
	@swift build -c release -q --product parts --package-path Tests/Benchmarks/Parts
	@Tests/Benchmarks/Parts/.build/release/parts "$(ARTICLES)" config/actors.yaml config/topics.yaml

.PHONY: bench-wire
bench-wire: build ## What the socket and its protocol add to a search in process, over ARTICLES and the queries beside it
	@swift build -c release -q --product wire --package-path Tests/Benchmarks/Parts
	@python3 Tests/Benchmarks/wire.py "$(dir $(ARTICLES))"

.PHONY: bench-watch
bench-watch: build ## How long a saved file takes to be found (median over 100 saves)
	@python3 Tests/Benchmarks/watch.py

.PHONY: bench-features
bench-features: build ## What each feature of a search costs, as a ratio to a plain search
	@python3 Tests/Benchmarks/features.py

.PHONY: bench-standing
bench-standing: build ## What 1,000 standing queries cost a commit in an index of 100,000 passages
	@python3 Tests/Benchmarks/standing.py

.PHONY: bench-retag
bench-retag: build ## How soon an edit of the registry is seen in an index of 100,000 passages
	@python3 Tests/Benchmarks/retag.py

.PHONY: bench-names
bench-names: build ## What tagging costs, and what 250,000 names cost over 1,000
	@python3 Tests/Benchmarks/names.py

.PHONY: bench-topics
bench-topics: build ## The learning curve of trained topics on a labelled COLLECTION, beside scikit-learn's (which must be installed)
	@python3 Tests/Benchmarks/topics.py $(COLLECTION)

.PHONY: clean
clean: ## Remove what was built and the index
	@rm -rf .build .build-* index/xapian* index/arasd.lock
