# FD-Trygd ARBSOK. All that is needed beforehand: Python 3.11 or newer, and make. `make` lists the targets.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: load-year check-files unload-year status check official report forklar register-load statistics-make statistics-audit statistics-approve statistics-publish statistics-official deliver redeliver compare-deliveries flatfile microdata project-create project-list project-close project-destroy synthetic synthetic-register upgrade backup restore psql stop test lint interop bench clean help moved

# What a user names goes to the programs by way of the environment, letter by letter: neither make nor a shell makes
# anything of a quote, a dollar sign or a blank in it.
NAMED = PERIOD YEAR DATA JOBS FILE OUT DATE DIR FROM TO PERSONS SEED PYTHON ORDER N NAME WHY KEY PREVIOUS SOURCE A B
$(foreach name,$(NAMED),$(if $(value $(name)),$(eval override $(name) := $$(value $(name)))$(eval export $(name))))
export CHECKOUT := $(CURDIR)
PIP = .venv/bin/python -m pip install -q --disable-pip-version-check
FDTRYGD = .venv/bin/python .venv/bin/fdtrygd

ifneq ($(filter synthetic,$(MAKECMDGOALS)),)
ifeq ($(DIR),)
$(error Say where to: make synthetic DIR=folder [FROM=2001-01 TO=2005-12 PERSONS=3000|FULL=1 SEED=1 PARQUET=1])
endif
endif

ifneq ($(filter synthetic-register,$(MAKECMDGOALS)),)
ifeq ($(DIR),)
$(error Say where to: make synthetic-register DIR=folder [DATA=month-files SEED=1])
endif
endif

ifneq ($(filter official,$(MAKECMDGOALS)),)
ifeq ($(FILE),)
$(error Say which file: make official FILE=file.csv)
endif
endif

ifneq ($(filter backup restore,$(MAKECMDGOALS)),)
ifeq ($(FILE),)
$(error Say which file: make $(firstword $(MAKECMDGOALS)) FILE=/path/to/fdtrygd.dump)
endif
endif

ifneq ($(filter deliver,$(MAKECMDGOALS)),)
ifeq ($(and $(ORDER),$(OUT)),)
$(error Say which order, and the folder to make: make deliver ORDER=order.toml OUT=folder)
endif
endif

ifneq ($(filter redeliver,$(MAKECMDGOALS)),)
ifeq ($(and $(N),$(OUT)),)
$(error Say which delivery, and the folder to make: make redeliver N=7 OUT=folder)
endif
endif

ifneq ($(filter microdata,$(MAKECMDGOALS)),)
ifeq ($(and $(DATE),$(OUT),$(WHY)),)
$(error Say which day, which folder to make, and why: make microdata DATE=2004-12-31 OUT=folder WHY=text [KEY=folder])
endif
endif

ifneq ($(filter flatfile,$(MAKECMDGOALS)),)
ifeq ($(and $(YEAR),$(OUT),$(WHY)),)
$(error Say which year, the folder to make, and why: make flatfile YEAR=2004 OUT=folder WHY=text)
endif
endif

ifneq ($(filter compare-deliveries,$(MAKECMDGOALS)),)
ifeq ($(and $(A),$(B),$(OUT)),)
$(error Say which two, and the folder to make: make compare-deliveries A=folder B=folder OUT=folder)
endif
endif

ifneq ($(filter statistics-make statistics-audit statistics-approve,$(MAKECMDGOALS)),)
ifeq ($(PERIOD),)
$(error Say which period, 2003M04 or a year: make $(firstword $(MAKECMDGOALS)) PERIOD=2003M04)
endif
endif

ifneq ($(filter statistics-publish,$(MAKECMDGOALS)),)
ifeq ($(and $(PERIOD),$(OUT)),)
$(error Say which period, and the folder to make: make statistics-publish PERIOD=2003M04 OUT=folder [ALONE=1 WHY=text])
endif
endif

ifneq ($(filter statistics-official,$(MAKECMDGOALS)),)
ifeq ($(and $(FILE),$(SOURCE)),)
$(error Say which file, named after its table, and whose: make statistics-official FILE=table.csv SOURCE=text)
endif
endif

ifneq ($(filter register-load,$(MAKECMDGOALS)),)
ifeq ($(DIR),)
$(error Say which folder: make register-load DIR=folder)
endif
endif

ifneq ($(filter project-create,$(MAKECMDGOALS)),)
ifeq ($(FILE),)
$(error Say which description: make project-create FILE=project.toml)
endif
endif

ifneq ($(filter project-close project-destroy,$(MAKECMDGOALS)),)
ifeq ($(NAME),)
$(error Say which project: make $(firstword $(MAKECMDGOALS)) NAME=name)
endif
endif

ifneq ($(filter load-year check-files unload-year report,$(MAKECMDGOALS)),)
ifeq ($(YEAR),)
$(error Say which year: make $(firstword $(MAKECMDGOALS)) YEAR=2004)
endif
endif

load-year: .venv/.ready ## load a year's month files: YEAR=2004 [DATA=folder JOBS=2]
	@$(FDTRYGD) load-year "$$YEAR" $(if $(DATA),--data "$$DATA") $(if $(JOBS),--jobs "$$JOBS")

check-files: .venv/.ready ## what load-year would say of its files, and nothing is changed: YEAR=2004 [DATA=folder]
	@$(FDTRYGD) check-files "$$YEAR" $(if $(DATA),--data "$$DATA")

unload-year: .venv/.ready ## take the last loaded year back: YEAR=2004
	@$(FDTRYGD) unload-year "$$YEAR"

status: .venv/.ready ## what is loaded [VERBOSE=1: and the run log]
	@$(FDTRYGD) status $(if $(filter-out 0,$(VERBOSE)),--verbose)

check: .venv/.ready ## check what is loaded: every year, or [YEAR=2004 VERBOSE=1: and what holds]
	@$(FDTRYGD) check $(if $(YEAR),"$$YEAR") $(if $(filter-out 0,$(VERBOSE)),--verbose)

official: .venv/.ready ## take in NAV's published yearly averages: FILE=file.csv
	@$(FDTRYGD) official import "$$FILE"

report: .venv/.report ## a loaded year's tables and charts as one HTML file: YEAR=2004 [OUT=file.html]
	@$(FDTRYGD) report "$$YEAR" $(if $(OUT),--out "$$OUT")

# Through the environment and a pipe: the number stands in no command line but make's own, and there only with FNR=.
forklar: .venv/.ready ## why a person's records exist: [FNR=11 digits, else asked for] [DATE=2003-12-31]
	@$(if $(FNR),printf '%s\n' "$$FNR" | )$(FDTRYGD) forklar $(if $(DATE),--date "$$DATE")

register-load: .venv/.ready ## load a population register, in the place of the one before: DIR=folder
	@$(FDTRYGD) register load "$$DIR"

project-create: .venv/.ready ## a project that may get data from the register: FILE=project.toml
	@$(FDTRYGD) project create "$$FILE"

project-list: .venv/.ready ## the projects, with what each has got
	@$(FDTRYGD) project list

project-close: .venv/.ready ## a project gets no delivery any more: NAME=name
	@$(FDTRYGD) project close "$$NAME"

project-destroy: .venv/.ready ## destroy a project's key and lists of persons: NAME=name
	@$(FDTRYGD) project destroy "$$NAME"

statistics-make: .venv/.ready ## make the next version of a period: PERIOD=2003M04, or PERIOD=2003 [WHY=text, of a correction]
	@$(FDTRYGD) statistics make "$$PERIOD" $(if $(WHY),--why "$$WHY")

statistics-audit: .venv/.statistics ## attack a month's version, as whoever wants to know how many the few are: PERIOD=2003M04
	@$(FDTRYGD) statistics audit "$$PERIOD"

statistics-approve: .venv/.ready ## approve the draft of a period: PERIOD=2003M04
	@$(FDTRYGD) statistics approve "$$PERIOD"

statistics-publish: .venv/.statistics ## publish the approved version of a period: PERIOD=2003M04 OUT=folder [ALONE=1 WHY=text]
	@$(FDTRYGD) statistics publish "$$PERIOD" --out "$$OUT" $(if $(filter-out 0,$(ALONE)),--alone) \
	$(if $(WHY),--why "$$WHY")

statistics-official: .venv/.ready ## take in what others have published of a table: FILE=table.csv SOURCE=text
	@$(FDTRYGD) statistics official "$$FILE" --source "$$SOURCE"

deliver: .venv/.deliver ## make the delivery that an order asks for: ORDER=order.toml OUT=folder [NEW=1 PREVIOUS=folder]
	@$(FDTRYGD) deliver "$$ORDER" --out "$$OUT" $(if $(filter-out 0,$(NEW)),--new) \
	$(if $(PREVIOUS),--previous "$$PREVIOUS")

redeliver: .venv/.deliver ## make a delivery again: N=7 OUT=folder
	@$(FDTRYGD) redeliver "$$N" --out "$$OUT"

microdata: .venv/.microdata ## the datasets for microdata.no: DATE=2004-12-31 OUT=folder WHY=text [KEY=folder]
	@$(FDTRYGD) microdata --to "$$DATE" --out "$$OUT" --why "$$WHY" $(if $(KEY),--public-key "$$KEY")

compare-deliveries: .venv/.deliver ## what became of each row between two deliveries of an order: A=folder B=folder OUT=folder
	@$(FDTRYGD) compare-deliveries "$$A" "$$B" --out "$$OUT"

flatfile: .venv/.ready ## write a year's miniregister as a file of fixed width, with its description: YEAR=2004 OUT=folder WHY=text
	@$(FDTRYGD) flatfile "$$YEAR" --out "$$OUT" --why "$$WHY"

synthetic: .venv/.ready ## make synthetic month files: DIR=folder [FROM=2001-01 TO=2005-12 PERSONS=3000|FULL=1 SEED=1 PARQUET=1]
	@$(FDTRYGD) synthetic "$$DIR" $(if $(FROM),--from "$$FROM") $(if $(TO),--to "$$TO") \
	$(if $(PERSONS),--persons "$$PERSONS") $(if $(SEED),--seed "$$SEED") \
	$(if $(filter-out 0,$(FULL)),--full) $(if $(filter-out 0,$(PARQUET)),--parquet)

synthetic-register: .venv/.ready ## make a population register of the persons in synthetic month files: DIR=folder [DATA=folder SEED=1]
	@$(FDTRYGD) synthetic-register "$$DIR" $(if $(DATA),--data "$$DATA") $(if $(SEED),--seed "$$SEED")

upgrade: .venv/.ready ## bring the database's schema up to date
	@$(FDTRYGD) db upgrade

backup: .venv/.ready ## write the database to a file: FILE=/path/to/fdtrygd.dump
	@$(FDTRYGD) db backup "$$FILE"

restore: .venv/.ready ## take such a file in, into a database without the schema: FILE=/path/to/fdtrygd.dump
	@$(FDTRYGD) db restore "$$FILE"

psql: .venv/.ready ## a prompt on the database
	@$(FDTRYGD) db psql

stop: .venv/.ready ## stop the embedded database server
	@$(FDTRYGD) db stop

test: .venv/.test ## run the tests: all, or [T='-m fast', T=tests/arbsok/forlop, T='-k dagdato': whatever pytest takes]
	@.venv/bin/python -m pytest -n auto $(T)

lint: .venv/.test ## check style, types and SQL
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/sqlfluff lint sql

interop: .venv/.test ## other people's programs read what leaves the register (some minutes; the first time it installs them)
	@.venv/bin/python tests/interop/interop.py

bench: .venv/.bench .venv/.test ## measure a year's load on this machine (three quarters of an hour); writes docs/measured/TODAY-benchmark.md
	@.venv/bin/python -m pytest -m opponent tests/benchmarks
	@.venv/bin/python benchmarks/bench.py

clean: ## remove what make installed; the database in .fdtrygd is kept
	@if [ -x .venv/bin/fdtrygd ]; then $(FDTRYGD) db stop; fi
	@rm -rf .venv *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-19s %s\n", $$1, $$2 }' Makefile

# The stamps hold the checkout's path: a virtual environment does not work in another place. They are written
# last, so that an install that was cut short is taken up again.
ifneq ($(shell [ -x .venv/bin/python ] && cat .venv/.ready 2>/dev/null),$(CURDIR))
.venv/.ready: moved
endif

.venv/.ready: pyproject.toml
	@if [ -e $@ ] && [ "$$(cat $@)" != "$$CHECKOUT" ]; then rm -rf .venv; fi
	@.venv/bin/python -m pip --version >/dev/null 2>&1 || { \
	for python in $(if $(PYTHON),"$$PYTHON",python3 python3.14 python3.13 python3.12 python3.11); do \
	"$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && \
	exec "$$python" -m venv --clear .venv; \
	done; \
	echo 'No Python 3.11 or newer with the module venv (Debian: the package python3-venv) was found:' \
	'install one, or name it: make PYTHON=/path/to/python3' >&2; exit 1; }
	@echo 'Installing into .venv ...' >&2
	@$(PIP) -e '.[parquet,sas]'
	@printf '%s\n' "$$CHECKOUT" >$@

# On its own: it doubles what a first load would have to install.
.venv/.report: .venv/.ready
	@echo 'Installing what draws the report into .venv ...' >&2
	@$(PIP) -e '.[report]'
	@printf '%s\n' "$$CHECKOUT" >$@

# pyarrow stands fixed there: another one would write other bytes.
.venv/.deliver: .venv/.ready
	@echo 'Installing what writes deliveries into .venv ...' >&2
	@$(PIP) -e '.[deliver]'
	@printf '%s\n' "$$CHECKOUT" >$@

.venv/.statistics: .venv/.ready
	@echo 'Installing what attacks and publishes statistics into .venv ...' >&2
	@$(PIP) -e '.[statistikk]'
	@printf '%s\n' "$$CHECKOUT" >$@

.venv/.microdata: .venv/.ready
	@echo 'Installing microdata-tools into .venv ...' >&2
	@$(PIP) -e '.[microdata]'
	@printf '%s\n' "$$CHECKOUT" >$@

.venv/.test: .venv/.ready
	@echo 'Installing the test tools into .venv ...' >&2
	@$(PIP) -e '.[parquet,sas,report,deliver,microdata,statistikk,test]'
	@printf '%s\n' "$$CHECKOUT" >$@

.venv/.bench: .venv/.ready
	@echo 'Installing what the benchmark compares with into .venv ...' >&2
	@$(PIP) 'duckdb>=1.4,<3' 'polars>=1.30,<3'
	@printf '%s\n' "$$CHECKOUT" >$@
