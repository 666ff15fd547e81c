# make test            the Swift tests; FILTER=NAME runs those whose names match it
# make demo            puzzles, three agents trained on them, a leaderboard: three to ten minutes
# make build           only the program: .build/release/reasongym; with MPI=1 also what joins ranks by MPI
# make lint            swift-format with the rules of .swift-format; `make format` mends what it can
# make browser-test    the leaderboard's pages in a real browser (Chromium)
# make outside-test    the packages that depend on this one, Examples/Outside*: builds and runs them
# make check-scaffold  what new-task and new-agent write builds, conforms and trains
# make python-test     the Python examples with PyTorch, TensorBoard and others, in their own environment
# make mpi-test        training, generation, comparisons on several ranks, if there is mpirun; Linux
# make bench-pytorch   ReasonGym beside PyTorch; everything for it lies outside this folder
# make fuzz            the readers of files and messages under libFuzzer: SECONDS each, READERS="json http"
# make sanitize        the tests under a sanitizer, SANITIZER=thread or address; FILTER=GymExternalTests
# make soak            a board's server, and agents that leak and die, under load for MINUTES; Linux
# make faults          each write, sync and rename of each command fails once: all stays whole; Linux
# make install         the program, its models and shell completion, into PREFIX (default /usr/local)
# make docs            the handbook and the symbols of every library, as a site in .build/docs
#
# Each brings what is missing of the system's libraries first.

.PHONY: test demo build lint format install browser-test outside-test check-scaffold docs libraries toolchain
.PHONY: fuzz sanitize soak faults mpi-test
.DEFAULT_GOAL := build

# Tests need no modules compiled for @testable, so that they and the program share one build: going from
# `make test` to `make build` and back compiles nothing again. Of imports, SwiftPM finds those that the
# manifest does not lead to at all; Tests/ArchitectureTests, those that it does not list.
CHECKED = -c release --explicit-target-dependency-import-check error
SWIFT_TEST = swift test $(CHECKED) --disable-testable-imports

test: libraries
	$(SWIFT_TEST) $(if $(FILTER),--filter '$(FILTER)')

demo: build
	.build/release/reasongym demo

# MPI=1 makes, beside the program, the library that joins ranks by MPI, which it then finds by itself.
MPI ?= 0
RANKS = .build/release/libreasongym-mpi.so

build: libraries
	swift build $(CHECKED) --product reasongym
	$(if $(filter 1,$(MPI)),@$(MAKE) --no-print-directory $(RANKS))

RANKS_SOURCES = $(wildcard Sources/CGymRanks/*.c)

$(RANKS): $(RANKS_SOURCES) $(wildcard Sources/CGymRanks/*.h)
	@command -v mpicc >/dev/null || \
	  { echo "MPI=1 needs mpicc, on Debian and Ubuntu of libopenmpi-dev and openmpi-bin, with" \
	    "Homebrew of open-mpi."; exit 1; }
	mpicc -std=c11 -O2 -Wall -Wextra -shared -fPIC $(RANKS_SOURCES) -o $@

KILLS = 9

mpi-test: MPI = 1
mpi-test: build
	python3 -B Scripts/mpi-test.py .build/release/reasongym --kills $(KILLS)

SOURCES = Package.swift Sources Tasks Tests Examples

lint: toolchain
	swift format lint --strict --parallel --recursive $(SOURCES)

format: toolchain
	swift format --in-place --parallel --recursive $(SOURCES)

browser-test: libraries
	REASONGYM_DEMO_SITE=$(CURDIR)/.build/demo-site $(SWIFT_TEST) --filter sitesToLookAt
	python3 -B Scripts/browser-test.py .build/demo-site

outside-test: libraries
	sh Scripts/check-outside

check-scaffold: build
	sh Scripts/check-scaffold

SECONDS = 60
READERS ?=

fuzz: libraries
	sh Scripts/fuzz $(SECONDS) $(READERS)

SANITIZER ?= thread
# Apple's toolchain has no lld.
LINKER = $(if $(filter Linux,$(shell uname)),-Xswiftc -use-ld=lld)

# A sanitizer ends the program where memory is refused; the tests want it refused as usual.
sanitize: export TSAN_OPTIONS = allocator_may_return_null=1
sanitize: export ASAN_OPTIONS = allocator_may_return_null=1
sanitize: libraries
	swift test -c release --sanitize $(SANITIZER) --scratch-path .build/$(SANITIZER) \
	  $(LINKER) $(if $(FILTER),--filter '$(FILTER)')

MINUTES ?= 30

soak: build
	python3 -B Scripts/soak-server.py .build/release/reasongym --minutes $(MINUTES)
	python3 -B Scripts/soak-agents.py .build/release/reasongym --minutes $(MINUTES)

faults: build
	python3 -B Scripts/check-faults.py .build/release/reasongym

# Program, trained models and shell completion; PREFIX=$HOME/.local needs no root.
PREFIX ?= /usr/local

install: build
	install -d $(DESTDIR)$(PREFIX)/bin \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	  $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
	  $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d \
	  $(DESTDIR)$(PREFIX)/share/reasongym/models
	cp -R Fixtures/models/. $(DESTDIR)$(PREFIX)/share/reasongym/models
	install .build/release/reasongym $(DESTDIR)$(PREFIX)/bin/reasongym
	$(if $(filter 1,$(MPI)),install -d $(DESTDIR)$(PREFIX)/lib)
	$(if $(filter 1,$(MPI)),install $(RANKS) $(DESTDIR)$(PREFIX)/lib)
	.build/release/reasongym --generate-completion-script bash \
	  > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/reasongym
	.build/release/reasongym --generate-completion-script zsh \
	  > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_reasongym
	.build/release/reasongym --generate-completion-script fish \
	  > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/reasongym.fish

docs: libraries
	sh Scripts/make-docs

toolchain:
	@swift --version 2>/dev/null | grep -Eq 'Swift version (6\.[1-9]|[7-9]|[1-9][0-9])' || \
	  { echo "A Swift 6.1 toolchain or newer is needed: https://www.swift.org/install"; exit 1; }

libraries: toolchain
	@sh Scripts/install-libraries

VENV ?= $(HOME)/.cache/reasongym/venv
TORCH ?= torch
BENCH ?=

.PHONY: bench-pytorch
bench-pytorch: build
	test -x "$(VENV)/bin/pip" || python3 -m venv "$(VENV)"
	"$(VENV)/bin/python" -c 'import torch, numpy' 2>/dev/null || \
	  "$(VENV)/bin/pip" install $(TORCH) numpy
	"$(VENV)/bin/python" -B Benchmarks/pytorch/check_parity.py \
	  Fixtures/parity Fixtures/parity/released-rope Fixtures/parity/released-learned
	"$(VENV)/bin/python" -B Benchmarks/pytorch/bench.py $(BENCH)

# The tests of the Python examples with the real packages: those that can be installed, in a virtual
# environment outside this folder. Tests whose package is missing are skipped and say so.
# REASONGYM=PATH tests a program that is built already.
.PHONY: python-test
python-test: $(if $(REASONGYM),,build)
	sh Scripts/python-test "$(VENV)"
