# `make demo` shows the portal, `make test` runs every check; each does all it needs.
.PHONY: help setup screenshots demo test bench lock clean

help:
	@echo "make demo   the portal with example data, on this machine"
	@echo "make test   every check that CI runs (ARGS='-k name' for pytest)"
	@echo "make bench  the benchmarks, as ratios within one run"
	@echo "make setup  only make ready: .venv and static files"
	@echo "make screenshots  renew the pictures of the manual"
	@echo "make lock   renew the lock files"
	@echo "make clean  stop the servers, remove all that was made, data too"

setup:
	@tools/setup.sh

screenshots:
	@tools/setup.sh
	@.venv/bin/python -m tools.screenshots

demo:
	@WITHOUT_BROWSER=1 tools/setup.sh
	@.venv/bin/python manage.py demo

test: setup
	@tools/test.sh $(ARGS)

bench:
	@WITHOUT_BROWSER=1 tools/setup.sh
	@NVSI_MODE=local PYTHONPATH=. .venv/bin/python tests/bench/run.py $(ARGS)

lock: setup
	@tools/lock.sh

clean:
	@tools/clean.sh
