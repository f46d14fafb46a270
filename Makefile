# Everything here works from a fresh clone with make and Python 3.11 or later; `make` alone lists the targets.
# Paths are relative and commands run as modules, so the clone may lie anywhere, below a path with spaces too.

VENV := .venv
RUN := $(VENV)/bin/python
PINS := pyproject.toml constraints.txt
PORT := 8000

# Which Python makes the environment: `make PYTHON=/path/to/python3.12` chooses another. 3.11 is asked for first because
# constraints.txt was resolved with it. A pyenv shim may exist and not run, so each is run.
PYTHON ?= $(shell for python in python3.11 python3 python3.12 python3.13 python3.14; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)

# Node makes what the site's pages run. Without it, lint and test do what Python can; in CI nothing may be absent.
NODE := $(shell node -e 'process.exit(Number(parseInt(process.versions.node) < 20))' 2>/dev/null && echo node)
MODULES := node_modules/.package-lock.json
NEED_NODE = echo "error: the site needs Node 20 or later, with npm (Debian, Ubuntu: apt install nodejs npm)" >&2; exit 1
WITHOUT_NODE = $(if $(CI),$(NEED_NODE),echo "no Node 20 or later: what is written in TypeScript is left out")

# The address at which the site will stand, as in `make site SITE_URL=https://example.org/course/`; it may be left out.
SITE_URL ?=
export SITE_URL
ADDRESS := build/address

# The exercises whose solution may be shown, for their date in course.toml has passed.
SHOWN := build/shown

# The built site, and what it is made of.
SITE := build/site/index.html
MADE := site/assets site/exercises site/reference site/figures/built
SOURCES := $(PINS) mkdocs.yml package-lock.json $(shell find site exercises solutions grader -type f -not -name '*.pyc' \
	$(foreach made,$(MADE),-not -path '$(made)/*') 2>/dev/null)

.DELETE_ON_ERROR:
.PHONY: always help demo site serve test lint quality stubs bench fuzz faults evidence clean

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1 \2/p' Makefile | while read -r make target text; do \
		printf '%s %-8s %s\n' "$$make" "$$target" "$$text"; done

demo: $(VENV)/.grade  ## set up, grade a sample class, say where the feedback pages are
	@rm -rf build/sample build/demo
	$(RUN) -m grader.authoring.demo build/sample
	$(RUN) -m grader grade build/sample --out build/demo

site: $(SITE)  ## set up, build the site into build/site; SITE_URL=https://… for one that knows its address

serve: $(SITE)  ## build the site and show it; PORT=8001 chooses another port than 8000
	@$(RUN) site/make/serve.py $(PORT)

test: $(VENV)/.dev $(if $(ROOM),,$(if $(NODE),$(SITE)))  ## set up, run every test and every example; ROOM=collect: that room's alone
ifdef ROOM
	$(RUN) -m pytest --numprocesses auto --dist loadfile tests/$(ROOM)
else
	@$(if $(NODE),npm run --silent test,$(WITHOUT_NODE))
	$(RUN) -m pytest --numprocesses auto --dist loadfile --durations 25
	$(RUN) -m pytest --doctest-modules solutions
endif

lint: $(VENV)/.dev $(if $(NODE),$(MODULES))  ## check style, format and types
	@$(if $(NODE),npm run --silent lint,$(WITHOUT_NODE))
	$(RUN) -m ruff check
	$(RUN) -m ruff format --check
	$(RUN) -m mypy --strict grader

quality: $(SITE)  ## measure the built site with Lighthouse, which npm fetches (a few minutes)
	$(RUN) site/make/quality.py

stubs: $(VENV)/.grade  ## make exercises/ anew from solutions/
	$(RUN) -m grader.authoring.release

bench: $(VENV)/.dev  ## measure how long a learner waits, the grader's speed beside other graders', and what a large class costs
	$(RUN) -m tests.benchmarks.practice
	$(RUN) -m tests.benchmarks.questions
	$(RUN) -m tests.benchmarks.ratios
	$(RUN) -m tests.benchmarks.growth

fuzz: $(VENV)/.dev  ## hand in odd things for a minute; MINUTES=30 or SECONDS=90 chooses how long
	$(RUN) -m tests.fuzz --seconds $(or $(SECONDS),0) --minutes $(or $(MINUTES),0)

faults: $(VENV)/.dev  ## kill runs at random moments and look what is left; COUNT=300 chooses how many
	$(RUN) -m tests.faults --count $(or $(COUNT),100)

evidence: $(VENV)/.dev  ## grade thousands of programs of known verdict, write site/evidence.md (two hours and more)
	$(RUN) -m tests.evidence

clean:  ## remove all that was made, and caches; .venv and node_modules stay
	rm -rf build dist $(MADE) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find exercises solutions grader site tests -name __pycache__ -type d -prune -exec rm -rf {} +

# The site: generated sources, pages, formulas.
$(SITE): $(VENV)/.site $(MODULES) $(SOURCES) $(ADDRESS) $(SHOWN)
	$(RUN) site/make
	NO_MKDOCS_2_WARNING=true $(RUN) -m mkdocs --quiet build --strict
	node site/app/pages.mjs
	node site/app/offline.mjs

# Written where the address is another than last time, so that all pages are made anew.
$(ADDRESS): always
	@mkdir -p $(@D)
	@printf '%s' "$$SITE_URL" | cmp --silent - $@ || printf '%s' "$$SITE_URL" > $@

# Written where these are others than last time: a date passes without any file being changed.
$(SHOWN): always $(VENV)/.site
	@mkdir -p $(@D)
	@shown="$$($(RUN) site/make/worked.py)" && { \
		printf '%s' "$$shown" | cmp --silent - $@ || printf '%s' "$$shown" > $@; }

$(MODULES): package.json package-lock.json
	@$(if $(NODE),,$(NEED_NODE))
	npm ci --silent
	@touch $@

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

$(VENV)/.site: $(PINS) | $(RUN)
	$(RUN) -m pip install --quiet --constraint constraints.txt --editable '.[grade,site]'
	@touch $(VENV)/.grade $@

$(VENV)/.dev: $(PINS) | $(RUN)
	$(RUN) -m pip install --quiet --constraint constraints.txt --editable '.[grade,site,author,dev]'
	@touch $(VENV)/.grade $(VENV)/.site $@
