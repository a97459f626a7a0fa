# The verbs of the house. `make help` lists them; .ci/run calls them too.
MAVEN := ./scripts/maven --batch-mode --no-transfer-progress
# Simulation: where seeds start and how many there are; one seed repeats a failure.
SEED  ?=
SEEDS ?=
HOURS ?=
# Classes of what strikes a region, with commas between them.
FAULTS ?=
ARGS  ?=
# Specification: LONG=1 takes the large bounds, JOBS=n runs so many model checkers at a time.
LONG  ?=
JOBS  ?= 1
# What the tests that plant bugs say of them.
CAUGHT := server/target/surefire-reports/*BugsTest-output.txt
# What simulation says of its runs.
SIMULATED := server/target/surefire-reports/*CampaignTest-output.txt
# Says which tests of clients will be skipped.
SKIPPED := ./scripts/missing-clients | sed 's/^/not installed, so tests that need it are skipped: /'

.DEFAULT_GOAL := help
.PHONY: help build test format check simulate model mutants fuzz chaos conformance clients bench package clean

help: ## list the verbs
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## compile everything, tests too
	$(MAVEN) test-compile

test: ## formatter, linter, unit, architecture, simulation and conformance tests
	@$(SKIPPED)
	$(MAVEN) test

format: ## put all sources into the house's format
	$(MAVEN) --quiet spotless:apply

check: ## formatter, linter and null checker only
	$(MAVEN) --quiet test-compile

simulate: ## long simulation; SEED=n, REGION_SEED=n, TRANSACTION_SEED=n or PROTOCOL_SEED=n [FAULTS=A,B] [UNTIL=milliseconds] repeats one, SEEDS=n sets how many, HOURS=n goes on for so long
	@rm -f $(SIMULATED); end=$$(( $$(date +%s) + $(or $(HOURS),0) * 3600 )); \
	while :; do \
	  $(MAVEN) test -pl server -Dtests.included=simulation -Dtests.excluded=none \
	    $(if $(SEED),-Dsimulation.seed=$(SEED)) $(if $(REGION_SEED),-Dsimulation.region.seed=$(REGION_SEED)) $(if $(TRANSACTION_SEED),-Dsimulation.transaction.seed=$(TRANSACTION_SEED)) $(if $(PROTOCOL_SEED),-Dsimulation.protocol.seed=$(PROTOCOL_SEED)) $(if $(SEEDS),-Dsimulation.runs=$(SEEDS)) $(if $(FAULTS),-Dsimulation.faults=$(FAULTS)) $(if $(UNTIL),-Dsimulation.strikes.until=$(UNTIL)) || exit; \
	  grep -h '^[0-9]* runs ' $(SIMULATED) || true; \
	  [ $$(date +%s) -lt $$end ] || break; \
	done

model: ## the TLA+ specification and its mutants; see spec/README.md
	./spec/run --jobs $(JOBS) $(if $(LONG),--long)

mutants: ## plant known bugs one by one; each must be caught: the table says by what
	@rm -f $(CAUGHT)
	@$(MAVEN) test -pl server -Dtests.included=mutants -Dtests.excluded=none; \
	  status=$$?; \
	  awk 'FNR == 1 { of = FILENAME; sub(/-output.txt/, "", of); sub(/.*\./, "", of); print "\n" of } 1' $(CAUGHT); \
	  exit $$status

fuzz: ## requests made from the service model: SECONDS=n by seeds (SEED=n begins at one), then five minutes of Jazzer
	$(MAVEN) test -pl server -Dtest=RequestsTest -Dfuzz.seconds=$(or $(SECONDS),300) $(if $(SEED),-Dfuzz.seed=$(SEED))
	JAZZER_FUZZ=1 $(MAVEN) test -pl fuzz -am -Dtest=CoverageTest -Dtests.excluded=none \
	  -Dsurefire.failIfNoSpecifiedTests=false

chaos: ## real processes, killed under load, cut off, paused, without power; LONG=1 until 100,000 operations are acknowledged
	@command -v gcc >/dev/null || echo 'not installed, so tests of power cuts are skipped: gcc'
	@rm -f chaos/target/surefire-reports/*-output.txt
	@$(MAVEN) test -Dtests.included=chaos -Dtests.excluded=none $(if $(LONG),-Dchaos.long=true); \
	  status=$$?; cd chaos/target/surefire-reports && grep '^chaos:' *-output.txt; exit $$status

conformance: ## AWS's SDKs and CLI; ENDPOINT=http://host:port tests a running server
	@$(SKIPPED)
	$(MAVEN) test -pl conformance -am -Dsurefire.failIfNoSpecifiedTests=false \
	  -Dtest='dev.evenkeel.conformance.**' $(if $(ENDPOINT),-Dconformance.endpoint=$(ENDPOINT))

clients: ## clients from the registries, each doing its work; ENDPOINT=http://host:port tests a running server
	@./scripts/missing-clients --all | sed 's/^/not installed, so its clients are skipped: /'
	@rm -f conformance/target/clients.txt
	@$(MAVEN) --quiet test -pl conformance -am -Dsurefire.failIfNoSpecifiedTests=false -Dtests.excluded=none \
	  -Dtest='dev.evenkeel.conformance.clients.**' $(if $(ENDPOINT),-Dconformance.endpoint=$(ENDPOINT)); \
	  status=$$?; cat conformance/target/clients.txt; exit $$status

bench: ## measure; see bench/README.md
	./bench/run $(ARGS)

package: ## the runnable program: server/target/app
	./evenkeel --version

clean: ## remove what was built
	$(MAVEN) --quiet clean
