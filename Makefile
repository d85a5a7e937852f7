# Two commands: make site, make test. Everything they need goes into .venv/.

PYTHON ?= python3
BIN := .venv/bin
LOCK := .ci/constraints.txt

.PHONY: site test coverage test-libretranslate gates serve docs screenshots lock clean help

site: .venv/ready ## translate, check and build the demo help center into site/
	$(BIN)/polyhelp publish

test: gates ## all gates: format, lint, types, floors, documentation, tests
	$(BIN)/pytest -n auto --dist loadfile

coverage: .venv/ready ## the tests once more, slower, with what of the code they run
	$(BIN)/pytest -n auto --dist loadfile --cov --cov-report=term

gates: .venv/ready
	$(BIN)/ruff format --check tools tests
	$(BIN)/ruff check tools tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/docs/reference.py --check
	$(BIN)/python tools/docs/workflows.py --check

test-libretranslate: .venv/ready ## the tests against a real LibreTranslate server, in an environment of its own
	PYTHON=$(PYTHON) tests/libretranslate/run.sh $(BIN)/pytest

serve: .venv/ready ## preview the demo help center on http://127.0.0.1:8000/
	$(BIN)/polyhelp serve

docs: .venv/ready ## write the generated pages of tools/docs/ and the workflows anew
	$(BIN)/python tools/docs/reference.py
	$(BIN)/python tools/docs/workflows.py

screenshots: .venv/ready ## take the pictures of README.md anew, in Chromium
	$(BIN)/polyhelp build
	$(BIN)/python tools/docs/screenshots.py

lock: ## bring .ci/constraints.txt up to date; run it with the oldest Python, 3.11.2 in Debian 12, so that it fits all
	$(PYTHON) -m venv --clear .venv-lock
	.venv-lock/bin/pip install --quiet pip-tools
	.venv-lock/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --all-extras --upgrade \
	  --no-header --no-annotate --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options \
	  --output-file $(LOCK) pyproject.toml
	rm -rf .venv-lock

clean: ## remove everything that was made, but for the journal of what was paid for
	rm -rf build site .venv .venv-libretranslate
	if [ -d .polyhelp ]; then find .polyhelp -mindepth 1 -maxdepth 1 ! -name 'journal.sqlite*' -exec rm -rf {} +; fi

help:
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/'

# The environment is made anew when what it is made from changes.
.venv/ready: pyproject.toml $(LOCK)
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	  || { echo 'polyhelp needs Python 3.11, 3.12 or 3.13: make PYTHON=python3.11'; exit 2; }
	@$(PYTHON) -m venv --clear .venv \
	  || { echo 'Python cannot make a virtual environment: apt-get install python3-venv'; exit 2; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
