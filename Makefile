# pyparity: make help

GO       ?= go
BIN      := bin/pyparity
MODULE   := github.com/pyparity/pyparity
COMMIT   := $(shell git describe --always --dirty=+dirty --abbrev=12 --exclude '*' 2>/dev/null)
PYTHONS  ?= 3.11,3.13
REPORT   ?= reports/latest
ALL      := 3.9,3.11,3.13,3.14,3.15
# Those whose images have a C library that is new enough for the port's.
UPSTREAM := 3.11,3.13,3.14
comma    := ,
# Pinned; run from source, so that nothing has to be installed.
GOLANGCI := $(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

.DEFAULT_GOAL := help
.PHONY: help build parity publish test race lint fuzz upstream bench audit soak coverage record generate fmt clean

help: ## show what there is to make
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## build bin/pyparity, static, so that it also runs in a container
	@CGO_ENABLED=0 $(GO) build -ldflags '-X $(MODULE)/conformance.Commit=$(COMMIT)' -o $(BIN) ./harness/cmd/pyparity

parity: build ## the main job: every behaviour on CPython and on the port, into reports/latest
	@$(BIN) run --python $(PYTHONS) --report $(REPORT)

# A package has ten minutes by default, which the specs on five Pythons can need on a
# machine that is slow to fork.
TIMEOUT ?= 40m

test: build ## every test, the conformance specs included
	@$(BIN) reference
	@$(GO) vet ./...
	@$(GO) test -count=1 -timeout $(TIMEOUT) ./...

# The detector sees this process alone: one Python is as good as five, and -short
# leaves out what runs in containers and nowhere else.
race: ## the tests under the race detector (needs a C compiler)
	PYPARITY_PYTHON=3.13 $(GO) test -race -short -timeout $(TIMEOUT) ./...

# PACKAGE:TARGET, for go test -fuzz takes one of each at a time.
# A number of inputs rather than a time: at the end of a time Go before 1.27 may report
# "context deadline exceeded" though no input failed (go.dev/issue/75804).
FUZZTIME ?= 30000x
FUZZ     := ./impl/socket:FuzzDecode ./impl/socket:FuzzEncode ./impl/internal/cmsg:FuzzParse \
	./impl/internal/resolve:FuzzNumericHost ./impl/internal/resolve:FuzzHosts \
	./impl/internal/resolve:FuzzResolvConf ./impl/internal/resolve:FuzzConfigurations \
	./impl/internal/resolve:FuzzResponse ./pyref/base/idna:FuzzEncode ./pyref/base/codecs:FuzzDecode

fuzz: ## the parsers of what comes from outside, FUZZTIME each (30000x, so many inputs)
	@for target in $(FUZZ); do \
		$(GO) test -list "^$${target#*:}\$$" "$${target%:*}" | grep -q ^Fuzz || { echo "there is no $$target" >&2; exit 1; }; \
		$(GO) test -run '^$$' -fuzz "^$${target#*:}\$$" -fuzztime $(FUZZTIME) "$${target%:*}" || exit 1; \
	done

lint: ## golangci-lint, as .golangci.yml says, and vet for the systems that only compile
	$(GOLANGCI) run ./...
	GOOS=darwin $(GO) vet ./...
	GOOS=windows $(GO) vet ./...

upstream: build ## CPython's own test_socket and its test of auditing events, stock and with the port in place of _socket
	@$(BIN) upstream --python $(PYTHONS)
	@$(BIN) upstream --python $(PYTHONS) --suite test_audit test_socket

bench: build ## behaviours per second, then what calls cost here, in Go's net and in CPython
	@$(BIN) bench --python 3.13
	@$(BIN) speed --python 3.13

audit: build ## which wrong ports the behaviours tell from the right one (a few minutes)
	@$(BIN) audit

publish: build $(REPORT)/upstream.json $(REPORT)/audit.json $(REPORT)/surface.json ## the report that is kept, of the whole corpus on every CPython, into reports/published
	@$(BIN) run --python $(ALL) --report $(REPORT) || [ $$? -eq 1 ]
	@$(BIN) report publish $(REPORT) -o reports/published --excerpt README.md
	@$(BIN) run --subject pypy --python 3.11 --report $(REPORT)/pypy || [ $$? -eq 1 ]
	@$(BIN) report publish $(REPORT)/pypy -o reports/published/pypy

# What the report shows beside its verdicts. A file that is there is not made anew.
$(REPORT)/upstream.json: | build
	@mkdir -p $(@D)
	@$(BIN) upstream --python $(UPSTREAM) --json > $@.tmp || [ $$? -eq 1 ]
	@mv $@.tmp $@

$(REPORT)/audit.json: | build
	@mkdir -p $(@D)
	@$(BIN) audit --json > $@.tmp || [ $$? -eq 1 ]
	@mv $@.tmp $@

$(REPORT)/surface.json: | build
	@mkdir -p $(@D)
	@for p in $(subst $(comma), ,$(ALL)); do $(BIN) surface --python $$p --json || [ $$? -eq 1 ] || exit; done > $@.tmp
	@mv $@.tmp $@

soak: build ## the corpus 50 times on CPython 3.13, in random order: what is not still, or slow
	@$(BIN) soak --times 50 --python 3.13

coverage: build ## what the corpus reaches of CPython's own code; TOOL=… and B=… as in fixtures/README.md
	@fixtures/coverage.sh "$(TOOL)" "$(B)"

record: build ## write the recordings anew, from live CPythons only
	$(BIN) record --python $(ALL)

generate: ## the tables that come from live CPythons, such as the constants
	$(GO) generate ./...

fmt: ## format the Go code
	$(GO) fmt ./...

clean: ## remove what make has built
	rm -rf bin $(REPORT)
