# Everything a developer does with Jari. `make help` lists it.

PYTHON ?= python3
VENV := .tools/venv/bin
export PATH := $(CURDIR)/$(VENV):$(PATH)
export PYTHONPATH := $(CURDIR)/localstack
export SAM_CLI_TELEMETRY := 0
# sam and boto3 ask for a region even where none is used.
export AWS_DEFAULT_REGION ?= us-east-1

LOCAL := $(VENV)/python -m jari_local
# cargo-nextest is faster, but nobody should have to install it.
NEXTEST := $(shell command -v cargo-nextest 2>/dev/null)
CARGO_TEST := $(if $(NEXTEST),cargo nextest run,cargo test)
UNIT_TESTS := $(CARGO_TEST) --workspace --lib --test "*" $(if $(NEXTEST),--filterset "not package(e2e)",--exclude e2e)
E2E_TESTS := $(CARGO_TEST) $(if $(NEXTEST),--profile e2e) --workspace --test deployed
BROWSER_TESTS := $(LOCAL) browser-tests

.DEFAULT_GOAL := help
.NOTPARALLEL:

.PHONY: help
help: ## List the commands
	@awk 'BEGIN {FS = ":.*## "} /^[a-z0-9-]+:.*## / {printf "  \033[36m%-19s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: setup
setup: ## Install the pinned tools and say what this machine lacks
	@$(PYTHON) -m jari_local setup

.PHONY: build
build: setup ## Compile every function and the web pages, pack what changed
	@$(LOCAL) build

.PHONY: dev
dev: setup ## Start the whole application on this machine, with demo data
	@$(LOCAL) dev

.PHONY: status
status: setup ## Say what runs and where
	@$(LOCAL) status

.PHONY: stop
stop: setup ## Stop it; the data is kept
	@$(LOCAL) down

.PHONY: reset
reset: setup ## Stop it and delete its data
	@$(LOCAL) reset

.PHONY: rotate-signing-key
rotate-signing-key: setup ## Begin a new signing key, or go on with it; STACK=name for a stack on AWS
	@$(LOCAL) rotate-signing-key $(if $(STACK),--stack $(STACK)) $(if $(ADVANCE),--advance)

.PHONY: deploy-web
deploy-web: setup ## Put the web pages before a stack on AWS: STACK=name
	@$(LOCAL) deploy-web --stack '$(or $(STACK),$(error name it: make deploy-web STACK=jari-dev))'

.PHONY: replay
replay: setup ## Build the read models of sales anew; STACK=name for a stack on AWS
	@$(LOCAL) replay $(if $(STACK),--stack $(STACK))

.PHONY: verify-draw
verify-draw: ## Check a waiting room's draw: EVENT=evt_…, and TICKET=…, HASH=…, API=… if you like
	@$(PYTHON) -m jari_local verify-draw $(EVENT) $(if $(TICKET),--ticket $(TICKET)) $(if $(HASH),--hash $(HASH)) $(if $(API),--api $(API))

.PHONY: check
check: setup check-web ## Formatting, lints, templates, contract, tests of the tooling
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	sam validate --lint --template template.yaml
	cfn-lint infra/*.yaml
	$(VENV)/python -m unittest discover --quiet --start-directory localstack/tests --top-level-directory localstack
	$(VENV)/python -m unittest discover --quiet --start-directory tests/policies
	$(VENV)/python -m jari_local.check_contract

.PHONY: check-web
check-web: setup ## Formatting, lints and types of the web pages, and that their client is that of the contract
	@$(LOCAL) npm web run check
	@$(LOCAL) npm tests/browser run check

# What runs on a stack shares one: bringing it up takes longer than most of its tests.
.PHONY: test
test: test-unit test-web-unit build ## Pass every test
	@$(LOCAL) test-stack -- sh -c '$(BROWSER_TESTS) && $(E2E_TESTS)'

# No program has tests of its own: naming what has them leaves more than a hundred empty test programs unlinked. nextest
# compiles those that need a stack, too, and does not run them: cargo unites features over the packages that it is asked
# for, and so every library is compiled once, see docs/decisions/0006-one-build-for-functions-and-tests.md.
.PHONY: test-unit
test-unit: setup ## Tests that need no stack: domains, adapters, handlers
	$(UNIT_TESTS)

.PHONY: test-e2e
test-e2e: build ## Tests of the deployed application, on a stack of their own
	@$(LOCAL) test-stack -- $(E2E_TESTS)

.PHONY: test-web-unit
test-web-unit: setup ## Tests of the web pages that need no browser
	@$(LOCAL) npm web test

.PHONY: test-web
test-web: build ## Tests of the web pages in Chromium, on a stack of their own
	@$(LOCAL) test-stack -- $(BROWSER_TESTS)

.PHONY: figures-web
figures-web: build ## Measure the web pages: bytes, the time until the map is drawn, frames per second
	@$(LOCAL) test-stack -- $(LOCAL) npm tests/browser run figures

.PHONY: screenshots
screenshots: build ## Picture every web page into docs/screenshots
	@$(LOCAL) test-stack --demo -- $(LOCAL) npm tests/browser run screenshots

# Packages of all programs that are measured. They are always named together, so that libraries have the same features in
# all of them.
MEASURED := $(addprefix --package ,load bench bare-handler simulate booking-functions catalog-functions insights-functions \
	notifications-functions payments-functions waiting-room-functions)
COLD := $(addprefix --bin ,bench-cold bare-handler reserve-seats)
LOAD := $(addprefix --bin ,load reserve-seats-by-item append-events apply-admission-change apply-catalog-change \
	apply-popularity apply-sale-news apply-seats-left begin-payment charge-payment check-queue create-reservation get-event \
	get-reservation get-seat-map list-events project-sales refresh-availability request-payment reserve-seats \
	send-notification settle-reservation steer-queues)
PROGRAMS = target/$(shell rustc --print host-tuple)

.PHONY: cost
cost: ## Count what every operation costs on AWS, minutes; fills in docs/cost.md and the card that `make test` holds it to
	cargo run --quiet --package cost

.PHONY: bench-cold
bench-cold: ## Measure cold starts and warm holds beside Node and Python, some three minutes after the build
	cargo build --release $(MEASURED) $(COLD)
	$(PROGRAMS)/release/bench-cold

.PHONY: bench
bench: bench-cold ## Another name for bench-cold

.PHONY: load
load: ## Put the application under load, a minute after the build; fills in docs/performance.md
	cargo build --release $(MEASURED) $(LOAD)
	$(PROGRAMS)/release/load run --document docs/performance.md

.PHONY: load-smoke
load-smoke: ## The same with a few users and debug programs, to see that it works
	cargo build --workspace $(LOAD)
	$(PROGRAMS)/debug/load run --size smoke

.PHONY: simulate
simulate: ## Simulate sales to ten million people, an hour and more; fills in docs/simulation.md
	cargo build --release $(MEASURED) --bin simulate
	$(PROGRAMS)/release/simulate document docs/simulation.md picture docs/simulation.svg

.PHONY: fmt
fmt: setup ## Format the code
	cargo fmt --all
	@$(LOCAL) npm web run fix
	@$(LOCAL) npm tests/browser run fix
