# samur: everything here needs Go alone. "make" shows what there is.
GO       ?= go
DESTDIR  ?=
PREFIX   ?= /usr/local
FUZZTIME ?= 10s
TOOL     = $(GO) tool -modfile=tools/go.mod
export CGO_ENABLED ?= 0

help: ## show this
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
build: ## the static program, ./samur
	$(GO) build -trimpath -buildvcs=auto -ldflags '-s -w' -o samur ./cmd/samur
test: ## all tests; no network but loopback
	$(GO) test ./...
race: ## all tests under the race detector, in random order
	CGO_ENABLED=1 $(GO) test -race -shuffle=on ./...
lint: ## vet, formatting, staticcheck
	$(GO) vet ./...
	@out=$$($(TOOL) gofumpt -l cmd config internal seeds) && test -z "$$out" || { echo "not gofumpt'd:" $$out; exit 1; }
	$(TOOL) staticcheck ./...
fuzz: ## every fuzz target for FUZZTIME
	@for p in $$($(GO) list ./...); do out=$$($(GO) test -list '^Fuzz' $$p) || { echo "$$out"; exit 1; }; \
		for f in $$(echo "$$out" | grep '^Fuzz'); do $(GO) test -run '^$$' -fuzz "^$$f\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1s $$p || exit 1; done; done
bench: ## speed and memory of every stage; compare two runs with benchstat
	$(GO) test -run '^$$' -bench . -benchmem ./...
bench-poll: ## samur poll against a bare program on 2,000 feeds; BENCH='-feeds 200 -archive 100000'
	$(GO) run ./internal/bench $(BENCH)
LABELLED = internal/eval/testdata
eval: build ## accuracy on labelled items, those the rules were made with and those kept aside
	@for set in dev more held; do echo "== $$set"; ./samur eval $(LABELLED)/$$set.*.jsonl || exit 1; done
labelled: ## seeds/labelled, from the labelled items that rules are made with
	@mkdir -p seeds/labelled
	@for l in en ru az; do cat $(LABELLED)/dev.*.jsonl $(LABELLED)/more.*.jsonl | \
		$(GO) run ./internal/classify/countwords -labelled $$l > seeds/labelled/$$l.new || exit 1; mv seeds/labelled/$$l.new seeds/labelled/$$l.txt; done
demo: ## a digest from bundled feeds, offline, in seconds
	$(GO) run ./cmd/samur demo
schema: ## config/samur.schema.json, from the types of internal/config
	$(GO) generate ./internal/config
install: build ## program, unit, config under DESTDIR and PREFIX
	install -D -m 0755 samur $(DESTDIR)$(PREFIX)/bin/samur
	install -D -m 0644 deploy/README.md $(DESTDIR)$(PREFIX)/share/doc/samur/README.md
	install -d $(DESTDIR)/etc/samur/feeds.d $(DESTDIR)/lib/systemd/system
	sed 's|/usr/|$(PREFIX)/|g' deploy/samur.service | install -m 0644 /dev/stdin $(DESTDIR)/lib/systemd/system/samur.service
	install -m 0644 config/samur.schema.json $(DESTDIR)/etc/samur/
	test -e $(DESTDIR)/etc/samur/feeds.yaml || install -m 0644 config/feeds.yaml $(DESTDIR)/etc/samur/
	test -e $(DESTDIR)/etc/samur/samur.yaml || sed 's|^#state:|state:|' config/samur.yaml | install -m 0644 /dev/stdin $(DESTDIR)/etc/samur/samur.yaml
clean: ## remove what build and demo made
	rm -rf samur demo-out
.PHONY: labelled help build test race lint fuzz bench bench-poll eval demo schema install clean
