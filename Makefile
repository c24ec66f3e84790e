# For those who work on it. Everything runs in the environment that `python3 start.py setup` makes.
PYTHON ?= .venv/bin/python
UV ?= .venv/bin/uv
COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-header --no-annotate --python-version 3.11

.PHONY: lint test test-slow bench messages lock rooms pictures bundle sbom

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

# the picture in docs/architecture.md, drawn from the imports
rooms:
	$(PYTHON) docs/draw_rooms.py

# what the program is made of, by its lock (CycloneDX)
sbom:
	$(PYTHON) docs/make_sbom.py build/sbom.json

# a PNG of every page, for people who look
pictures:
	$(PYTHON) -m desktop.pictures build/pictures

# a folder that runs without Python, and its self-check in an empty place
bundle:
	$(PYTHON) -m PyInstaller --noconfirm --log-level WARN --distpath build/bundle --workpath build/work build.spec
	cd "$$(mktemp -d)" && env -i HOME="$$PWD" PATH=/usr/bin:/bin QT_QPA_PLATFORM=offscreen \
		"$(CURDIR)/build/bundle/voucher-desk/voucher-desk" --selfcheck
