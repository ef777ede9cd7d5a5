# Everything a person types. `make run` and `make test` do all of their set-up on a fresh Debian machine with Swift 6.3.

SWIFT ?= swift
PACKAGES := storage plugins/StrictJSON plugins/ModuleKit plugins/CometBFT plugins/Interchain plugins/Transfer plugins/Bank \
	plugins/Staking plugins/Rewards plugins/Slashing plugins/Governance plugins/ControlChannel plugins/Provider \
	plugins/Consumer
SOURCES := Package.swift Sources Tests plugins storage Examples Benchmarks
FUZZED := plugins/CometBFT plugins/Interchain plugins/ControlChannel storage
PACKAGE_RUN ?= test
GENESIS ?=
HOME_DIR ?= .mesh

.PHONY: help setup run test packages lint format bench flip fuzz proto clean

help: ## Lists what there is to make.
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 20

setup: ## Installs the C libraries where they are missing.
	@.ci/setup

run: setup ## Runs a chain (GENESIS=file, or the example's), and two chains that secure each other.
	@SWIFT="$(SWIFT)" HOME_DIR="$(HOME_DIR)" Examples/run $(GENESIS)

test: setup ## Builds and tests everything.
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

packages: setup ## Builds and tests each folder's package alone; PACKAGE_RUN="build --build-tests" only builds it.
	@for package in $(PACKAGES); do \
		echo "== $$package"; \
		$(SWIFT) $(PACKAGE_RUN) --package-path $$package --scratch-path .build-packages || exit 1; \
	done

lint: ## Checks style and documentation.
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

format: ## Formats the sources in place.
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

bench: setup ## Measures against baselines of the same run, as a table and as JSON.
	$(SWIFT) build -c release --product mesh-bench
	@$$($(SWIFT) build -c release --show-bin-path)/mesh-bench $(BENCH)

flip: setup ## Flips every byte of a small log, one at a time; none may be accepted in silence.
	$(SWIFT) build -c release --product mesh-flip
	@$$($(SWIFT) build -c release --show-bin-path)/mesh-flip $(FLIP)

fuzz: setup ## Feeds mangled bytes to every parser and check of signatures and proofs; FUZZ=cases of each suite.
	@for package in $(FUZZED); do \
		MESH_FUZZ_CASES=$(if $(FUZZ),$(FUZZ),100000) $(SWIFT) test -c release -Xswiftc -enable-testing \
			--package-path $$package --scratch-path .build-fuzz --filter FuzzTests || exit 1; \
	done

proto: ## Generates the Swift code of every .proto; needs protoc (apt-get install protobuf-compiler).
	@.ci/generate-proto

clean: ## Removes what was built and the example's home.
	rm -rf .build .build-packages .build-fuzz $(HOME_DIR) $(HOME_DIR)-pairing
