# Run "make" alone to list the targets.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
BIN := bin/entente

.PHONY: help build site serve check test go-test race node-setup browser-setup browser take bench fuzz fuzz-short update deep promises-setup supply release

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

build: ## the program, into bin/
	CGO_ENABLED=0 go build -trimpath -o $(BIN) ./cmd/entente

site: build ## entente and the included site, into public/
	$(BIN) build . --out public

serve: build ## preview the included site
	$(BIN) serve .

check: build ## quick checks: format, vet, modules, the included site
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "run gofmt"; exit 1; }
	go vet ./...
	go mod tidy -diff
	@if command -v golangci-lint >/dev/null; then golangci-lint run; fi
	$(BIN) check . --strict

promises-setup: # what the tests of promises need beside Go
	@command -v strace >/dev/null || { apt-get update -qq && apt-get install -y -qq strace >/dev/null; }

go-test: promises-setup ## Go tests alone at the promised numbers, without browser or network
	ENTENTE_EFFORT=ci go test -timeout 20m $$(go list ./... | grep -v -e /internal/serve -e /cmd/entente)
	ENTENTE_EFFORT=ci go test -timeout 20m -p 1 ./internal/serve ./cmd/entente

deep: ## Go tests far beyond the promised numbers; takes hours
	ENTENTE_EFFORT=deep go test -timeout 12h ./...

race: ## Go tests of the concurrent packages with the race detector, which changes what allocations cost
	go test -race -timeout 20m -skip 'TestCost|TestHubs' ./internal/workspace/ ./internal/build/ ./internal/serve/ ./internal/publish/

node-setup:
	@command -v npm >/dev/null || { apt-get update -qq && apt-get install -y -qq nodejs npm >/dev/null; }

browser-setup: node-setup ## install what the browser tests need
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
		{ apt-get update -qq && apt-get install -y -qq chromium fonts-dejavu-core >/dev/null; }
	@command -v java >/dev/null || { apt-get update -qq && apt-get install -y -qq default-jre-headless >/dev/null; }
	cd tests/browser && npm ci --no-audit --no-fund --silent

browser: site browser-setup ## the built site in a real browser; AREA="search access" picks files of tests/browser/checks
	cd tests/browser && node run.mjs ../../public $(AREA)

lighthouse: site browser-setup ## Lighthouse on five pages of the built site, each category at least 99
	cd tests/lighthouse && npm ci --no-audit --no-fund --silent && node run.mjs ../../public

supply: ## modules verified, no known vulnerability, releases that can be made again
	.ci/supply

release: ## programs, bill of materials and checksums into release/; VERSION and SIGN_KEY are yours
	.ci/release release $(VERSION)

take: site node-setup ## what readers take away from the built site, read by parsers of others; AREA="tables lists" picks files of tests/take/checks
	cd tests/take && npm ci --no-audit --no-fund --silent && node run.mjs ../../public $(AREA)

test: go-test fuzz-short race browser take supply ## everything, with what it needs set up first

bench: ## benchmarks of the stations, and of whole builds of generated sites
	go run ./internal/bench
	go test -run '^$$' -bench . -benchmem ./internal/...

FUZZ := date:Parse date:ParsePeriod prose:Read prose:Compose prose:Headings link:Resolve file:Admit file:BadPart record:Record \
	fact:Fact claim:Read edition:Read edition:Compare render:Template render:Escape
FUZZTIME ?= 20s

fuzz: ## every fuzz target for FUZZTIME each, twenty seconds
	@for x in $(FUZZ); do echo "fuzz $$x"; \
		said=$$(go test -run '^$$' -fuzz "^Fuzz$${x#*:}$$" -fuzztime $(FUZZTIME) ./internal/$${x%:*} 2>&1) || { echo "$$said"; exit 1; }; \
		echo "$$said" | tail -1; done

fuzz-short: # what make test can afford of it, by count: Go 1.26 may fail for nothing when a time runs out (go.dev/issue/75804)
	@$(MAKE) --no-print-directory fuzz FUZZTIME=20000x

update: ## rewrite golden files; read the diff before you commit
	go test ./... -update
	git diff --stat
