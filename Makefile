# Everything here works from a fresh clone with make and Python 3.11 or later; `make` alone lists the targets.
# Paths are relative and commands run as modules, so the clone may lie anywhere, below a path with spaces too.

VENV := .venv
RUN := $(VENV)/bin/python
PINS := pyproject.toml constraints.txt

# Which Python makes the environment: `make PYTHON=/path/to/python3.12` chooses another. 3.11 is asked for first because
# constraints.txt was resolved with it. A pyenv shim may exist and not run, so each is run.
PYTHON ?= $(shell for python in python3.11 python3 python3.12 python3.13 python3.14; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)

.DELETE_ON_ERROR:
.PHONY: help demo test lint stubs bench evidence clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1 \2/p' Makefile | while read -r make target text; do \
		printf '%s %-8s %s\n' "$$make" "$$target" "$$text"; done

demo: $(VENV)/.grade  ## set up, grade a sample class, say where the feedback pages are
	@rm -rf build/sample build/demo
	$(RUN) -m grader.demo build/sample
	$(RUN) -m grader grade build/sample --out build/demo

test: $(VENV)/.dev  ## set up, run every test and every example in the solutions
	$(RUN) -m pytest
	$(RUN) -m pytest --doctest-modules solutions

lint: $(VENV)/.dev  ## check style, format and types
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy --strict grader

stubs: $(VENV)/.grade  ## make exercises/ anew from solutions/
	$(RUN) -m grader.release

bench: $(VENV)/.dev  ## measure the grader's speed against nbgrader's
	$(RUN) -m tests.benchmarks.nbgrader_ratio

evidence: $(VENV)/.dev  ## grade thousands of programs of known verdict, write site/evidence.md (about 90 minutes)
	$(RUN) -m tests.evidence

clean:  ## remove build/ and all caches; .venv stays
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find exercises solutions grader tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment. A stamp is older than the pins when they have changed, and then the environment is brought up to date.
$(RUN):
	@test -n "$(PYTHON)" || { \
		echo "error: no Python 3.11 or later was found. Install one (Debian, Ubuntu: apt install python3 python3-venv)" \
			"or name yours: make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "error: $(PYTHON) is no Python 3.11 or later. Name another: make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "error: $(PYTHON) cannot make environments: its venv or ensurepip is missing." \
			"Install them (Debian, Ubuntu: apt install python3-venv)" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

$(VENV)/.grade: $(PINS) | $(RUN)
	$(RUN) -m pip install --quiet --constraint constraints.txt --editable '.[grade]'
	@touch $@

$(VENV)/.dev: $(PINS) | $(RUN)
	$(RUN) -m pip install --quiet --constraint constraints.txt --editable '.[grade,dev]'
	@touch $(VENV)/.grade $@
