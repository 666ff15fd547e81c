# make test    everything that must hold
# make demo    makes puzzles, trains an HRM on them, watches it solve new ones: four minutes
# make build   only the program: .build/release/reasongym
#
# Each brings what is missing of the system's libraries first.

.PHONY: test demo build libraries toolchain
.DEFAULT_GOAL := build

test: libraries
	swift test -c release

demo: build
	.build/release/reasongym demo

build: libraries
	swift build -c release --product reasongym

toolchain:
	@swift --version 2>/dev/null | grep -Eq 'Swift version ([6-9]|[1-9][0-9])\.' || \
	  { echo "A Swift 6 toolchain is needed: https://www.swift.org/install"; exit 1; }

libraries: toolchain
	@sh Scripts/install-libraries

# make bench-pytorch  times ReasonGym beside PyTorch; everything for it lies outside this folder
VENV ?= $(HOME)/.cache/reasongym/venv
TORCH ?= torch
BENCH ?=

.PHONY: bench-pytorch
bench-pytorch: build
	test -x $(VENV)/bin/pip || python3 -m venv $(VENV)
	$(VENV)/bin/python -c 'import torch, numpy' 2>/dev/null || \
	  $(VENV)/bin/pip install $(TORCH) numpy
	$(VENV)/bin/python -B Benchmarks/pytorch/check_parity.py Fixtures/parity
	$(VENV)/bin/python -B Benchmarks/pytorch/bench.py $(BENCH)
