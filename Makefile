# For those who work on it. Everything runs in the environment that `python3 start.py setup` makes.
PYTHON ?= .venv/bin/python
UV ?= .venv/bin/uv
COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-header --no-annotate --python-version 3.11

.PHONY: lint test test-slow bench messages lock

lint:
	$(PYTHON) start.py lint

test:
	python3 start.py test

test-slow:
	$(PYTHON) -m pytest -m slow

bench:
	$(PYTHON) -m bench

messages:
	$(PYTHON) -m words.compile

# needs uv: $(PYTHON) -m pip install uv
lock:
	$(COMPILE) requirements.in -o requirements.lock >/dev/null
	$(COMPILE) requirements-dev.in -o requirements-dev.lock >/dev/null
