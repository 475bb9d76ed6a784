# One command a promise. Every target sets up .venv first; `make` alone lists them.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.installed
PLAYER_VENV  := .venv-vectorplayer
PLAYER_READY := $(PLAYER_VENV)/.installed
UV     := 0.13.9

# Quiet, and the same with a terminal and without one.
PIP    := $(BIN)/python -m pip --disable-pip-version-check --no-input
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help book test test-vectorplayer lab bench check lock clean chromium

help:
	@echo "make book    build the book into _build/html, every warning an error"
	@echo "make test    build it, then run every test: package, notebooks, pages in a browser"
	@echo "make lab     open the chapters as notebooks in JupyterLab"
	@echo "make bench   measure the animations and the fits beside the lecture's way (some minutes)"
	@echo "make check   look at the style of the code (ruff)"
	@echo "make lock    pin the newest versions of every package in requirements.txt"
	@echo "make clean   remove what was built, the environment .venv included"
	@echo "Another Python than python3: make PYTHON=python3.12 book"

book: $(READY)
	$(BIN)/jupyter-book build . -W -n --keep-going
	@echo "The book is built: open $(CURDIR)/_build/html/index.html"

# Two processes, a file of tests to each in turn: half the tests wait for browsers and kernels.
test: book chromium
	$(BIN)/python -m pytest -n 2 --dist loadfile
	$(MAKE) --no-print-directory test-vectorplayer

# In an environment of its own, which has neither TensorFlow nor Jupyter.
test-vectorplayer: $(PLAYER_READY) chromium
	cd vectorplayer && $(CURDIR)/$(PLAYER_VENV)/bin/python -m pytest -n 2 --dist loadfile

# Settings of JupyterLab that belong to this project: a .md opens as a notebook.
lab: $(READY)
	JUPYTER_CONFIG_PATH="$(CURDIR)/.jupyter$${JUPYTER_CONFIG_PATH:+:$$JUPYTER_CONFIG_PATH}" \
	  $(BIN)/jupyter lab --ip=127.0.0.1 $$([ "$$(id -u)" != 0 ] || echo --allow-root) \
	  --ServerApp.root_dir="$(CURDIR)" --LabApp.default_url=/lab/tree/chapters/analytic-kl.md \
	  $(LAB_OPTIONS)

bench: $(READY) chromium
	$(BIN)/python benchmarks/run.py

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# uv works out one list for all systems and all Pythons; nothing else needs it, so it gets an
# environment of its own, which is thrown away.
lock: $(READY)
	@set -e; scratch=$$(mktemp -d); trap 'rm -rf "$$scratch"' EXIT; \
	$(BIN)/python -m venv "$$scratch"; \
	"$$scratch/bin/python" -m pip --disable-pip-version-check install --quiet uv==$(UV); \
	UV_CUSTOM_COMPILE_COMMAND="make lock" "$$scratch/bin/uv" pip compile --quiet --universal \
	  --all-extras --upgrade --python-version 3.11 --no-emit-package vectorplayer \
	  pyproject.toml vectorplayer/pyproject.toml --output-file requirements.txt
	@echo "requirements.txt is renewed: run make test, then commit it"

clean:
	rm -rf _build $(VENV) $(PLAYER_VENV) .pytest_cache .ruff_cache *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- The environment ---------------------------------------------------------------------------

# The stamp is removed before anything is installed: an environment without it was left half
# finished, and is made afresh. One with an older stamp is whole and only brought up to date.
$(READY): requirements.txt pyproject.toml vectorplayer/pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
	  echo "Python 3.11, 3.12 or 3.13 is needed, and \`$(PYTHON)\` is not one of them."; \
	  echo "Install one and say which: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; } >&2
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "\`$(PYTHON)\` cannot make virtual environments."; \
	  echo "On Debian or Ubuntu: apt-get install python3-venv, then run make again."; exit 1; } >&2
	@if [ -f $@ ] && $(BIN)/python -c 'import pip' 2>/dev/null; then rm -f $@; \
	else echo "Making the environment $(VENV)"; $(PYTHON) -m venv --clear $(VENV); fi
	@echo "Installing the packages of requirements.txt (once; a few minutes)"
	@$(PIP) install --quiet --requirement requirements.txt
	@$(PIP) install --quiet --no-deps --editable ./vectorplayer --editable .
	@touch $@

$(PLAYER_READY): $(READY)
	@echo "Making the environment $(PLAYER_VENV)"
	@$(BIN)/python -m venv --clear $(PLAYER_VENV)
	@$(PLAYER_VENV)/bin/python -m pip --disable-pip-version-check --no-input install --quiet \
	  --constraint requirements.txt --editable "./vectorplayer[test]"
	@touch $@

# --- The browser of the tests ------------------------------------------------------------------

chromium: $(READY)
	@sh tests/ensure_chromium.sh
