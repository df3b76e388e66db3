# Every routine of the project is a target here; `make` alone lists them.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
DEV    := $(VENV)/.installed-dev
RAW    ?= raw
OUT    ?= processed
ARGS   ?=
DATA   ?= data
WORK   ?= scratch/model
TRAIN   = $(BIN)/python -m models.training.train --data $(DATA)

.DEFAULT_GOAL := help
.PHONY: help run install dev ingest verify show tables test test-fast check format bench echoes clean readme notebook train finetune evaluate-model

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(None if (3, 11) <= v < (3, 14) else "Python 3.11 to 3.13 is needed, found %d.%d; say make PYTHON=python3.12" % v)'
	$(PYTHON) -m venv $(VENV)

$(STAMP): pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(DEV): pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(STAMP)

install: $(STAMP)  ## set up .venv (done by the other targets when needed)

dev: $(DEV)  ## set up .venv with the tools for tests and checks

run: $(STAMP)  ## raw/ → processed/ (RAW=dir OUT=dir ARGS="--workers 2")
	@$(BIN)/claimledger run --raw $(RAW) --out $(OUT) $(ARGS); code=$$?; [ $$code -eq 2 ] && exit 0; exit $$code

ingest: $(STAMP)  ## copy articles into raw/ (SRC="file folder glob or URL")
	@$(BIN)/claimledger ingest --raw $(RAW) $(SRC)

verify: $(STAMP)  ## check the tables of processed/ against each other and the raw files
	@$(BIN)/claimledger verify $(OUT) --raw $(RAW)

show: $(STAMP)  ## show one record and each place it stands (ID=agr_…)
	@$(BIN)/claimledger show $(ID) --out $(OUT)

tables: $(STAMP)  ## print the schema of every table
	@$(BIN)/claimledger tables

test: $(DEV)  ## run all tests
	@$(BIN)/python -m pytest -n 2 $(ARGS)

test-fast: $(DEV)  ## run the tests that take no model and no time
	@$(BIN)/python -m pytest -m "not slow and not model" $(ARGS)

check: $(DEV)  ## style, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict pipeline

format: $(DEV)  ## rewrite the code in the project's style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

echoes: $(DEV)  ## how well copies, repeated claims and contradictions are found in generated articles (ARGS="40 --seed 5 --misses")
	@$(BIN)/python -m tests.quality.paraphrases $(ARGS)

bench: $(STAMP)  ## words a second and peak memory, stage by stage; MB/s of each format; dedupe of 1,000 and 10,000 articles
	@$(BIN)/claimledger bench --raw $(RAW) $(ARGS)
	@echo; $(BIN)/python -m tests.quality.echo_corpus 1000 10000

notebook: $(STAMP)  ## open notebooks/explore.ipynb
	@test -x $(BIN)/jupyter-notebook || $(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[notebook]'
	@$(BIN)/jupyter notebook notebooks/explore.ipynb

readme: $(DEV)  ## renew the generated parts of README.md (settings, tables)
	@$(BIN)/python -c 'import pathlib; from pipeline.dictionary import filled; p = pathlib.Path("README.md"); p.write_text(filled(p.read_text("utf-8")), "utf-8")'

train: $(STAMP)  ## train the model anew, hours on two cores (DATA=folder of the corpora)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	$(TRAIN) --steps 1850 --genre-times 4 --out $(WORK)/first
	$(TRAIN) --steps 1070 --parse-only --start $(WORK)/first --out $(WORK)/teacher
	$(TRAIN) --steps 1900 --rate 1.2e-4 --genre-times 2 --fewnerd 5000 --start $(WORK)/first --teacher $(WORK)/teacher --out $(WORK)/second
	$(TRAIN) --steps 1090 --rate 1e-4 --genre-times 1 --copies 1 --parsed 5000 --others 2500 --fewnerd 1500 --start $(WORK)/second --teacher $(WORK)/second --out $(WORK)/third
	$(TRAIN) --steps 480 --rate 6e-5 --genre-times 1 --copies 0 --parsed 12000 --others 1500 --fewnerd 800 --start $(WORK)/third --teacher $(WORK)/third --out $(WORK)/fourth
	$(TRAIN) --steps 400 --rate 6e-5 --genre-times 1 --copies 1 --parsed 6000 --others 2500 --fewnerd 1200 --start $(WORK)/fourth --teacher $(WORK)/fourth --out $(WORK)/fifth
	$(TRAIN) --steps 600 --rate 6e-5 --genre-times 1 --copies 0 --parsed 14000 --others 1500 --fewnerd 800 --start $(WORK)/fifth --teacher $(WORK)/fifth --out $(WORK)/sixth
	$(TRAIN) --steps 900 --rate 8e-5 --genre-times 1 --copies 0 --parsed 20000 --others 2000 --fewnerd 1000 --start $(WORK)/sixth --teacher $(WORK)/sixth --out $(WORK)/seventh
	$(BIN)/python -m models.training.export --checkpoint $(WORK)/sixth $(WORK)/seventh --version 0.6.0 --out models/en_articles

finetune: $(STAMP)  ## go on training from the model that ships (DATA=folder, ARGS="--articles my/*.ann --minutes 20")
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	$(TRAIN) --rate 6e-5 --genre-times 1 --copies 1 --parsed 5000 --fewnerd 1000 --start models/en_articles --teacher models/en_articles --out $(WORK)/finetuned $(ARGS)
	$(BIN)/python -m models.training.export --checkpoint $(WORK)/finetuned --out $(WORK)/en_finetuned

evaluate-model: $(STAMP)  ## scores and speed of the model on development sets (DATA=folder of the corpora)
	@$(BIN)/python -m models.training.measure --data $(DATA) $(ARGS)

clean:  ## remove the tables and the caches, keep raw/ and .venv
	rm -rf $(OUT) .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist *.egg-info
