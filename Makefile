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
KILLS ?= 1000
crash: ## kill the program KILLS times while it polls and delivers; half an hour
	$(GO) test ./internal/cli/crash -run 'Kill|Failing' -kills $(KILLS) -timeout 120m -v -count 1
bench: ## speed and memory of every stage; compare two runs with benchstat
	$(GO) test -run '^$$' -bench . -benchmem ./...
bench-poll: ## samur poll against a bare program on 2,000 feeds; BENCH='-feeds 200 -archive 100000'
	$(GO) run ./internal/bench $(BENCH)
bench-scale: ## memory, file, poll, search, pages, API, digest, backup with 5,000 feeds and 1,000,000 items; half an hour
	$(GO) run ./internal/bench -feeds 5000 -items 4 -runs 1 -archive 1000000 -pages $(BENCH)
profile: ## cmd/samur/default.pgo, by which the compiler knows where time goes; after large changes, two minutes
	$(GO) run ./internal/bench -profile cmd/samur/default.pgo
SOAK ?= 400
soak: ## the daemon for SOAK days of a clock that nobody waits for: memory, goroutines and store stay as they are
	$(GO) test ./internal/app -run TestSoak -v -count 1 -timeout 120m -soak $(SOAK) -soakfeeds 50
LABELLED = internal/eval/testdata
eval: build ## accuracy on labelled items, those the rules were made with and those kept aside
	@for set in dev more fresh blind; do echo "== $$set"; ./samur eval $(LABELLED)/$$set.*.jsonl || exit 1; done
labelled: ## seeds/labelled, from the labelled items that rules are made with
	@mkdir -p seeds/labelled
	@for l in en ru az; do cat $(LABELLED)/dev.*.jsonl $(LABELLED)/more.*.jsonl | \
		$(GO) run ./internal/classify/countwords -labelled $$l > seeds/labelled/$$l.new || exit 1; mv seeds/labelled/$$l.new seeds/labelled/$$l.txt; done
demo: ## a digest from bundled feeds, offline, in seconds
	$(GO) run ./cmd/samur demo
e2e: build ## every page in Debian's chromium: accessibility, width, policy; says so where there is none
	internal/web/e2e/run.sh
board: ## the Grafana board against Grafana's schema and Prometheus's parser
	$(GO) -C tools run ./checkboard ../deploy/grafana/samur.json
schema: ## the schemas of the config, a digest's JSON and the API, from their types
	$(GO) generate ./internal/config ./internal/render ./internal/web
man: ## manual pages, dist/man
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct 2>/dev/null || echo 0) $(GO) run ./internal/cli/genman config/samur.yaml dist/man
completions: build ## completion scripts of three shells, dist/completions
	@mkdir -p dist/completions
	for s in bash zsh fish; do ./samur completion $$s > dist/completions/$$s || exit 1; done
# Where systemd looks, for /usr and /usr/local; another PREFIX wants UNITDIR=/etc/systemd/system.
UNITDIR ?= $(PREFIX)/lib/systemd/system
install: build man completions ## program, unit, config, manual under DESTDIR and PREFIX
	install -D -m 0755 samur $(DESTDIR)$(PREFIX)/bin/samur
	install -d $(DESTDIR)$(PREFIX)/share/doc/samur $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/man5 $(DESTDIR)$(UNITDIR)
	install -m 0644 deploy/README.md deploy/digest.schema.json LICENSE $(DESTDIR)$(PREFIX)/share/doc/samur/
	install -m 0644 seeds/README.md $(DESTDIR)$(PREFIX)/share/doc/samur/topics.md
	install -m 0644 seeds/lexicon/README.md $(DESTDIR)$(PREFIX)/share/doc/samur/names.md
	install -m 0644 dist/man/man1/* $(DESTDIR)$(PREFIX)/share/man/man1/
	install -m 0644 dist/man/man5/* $(DESTDIR)$(PREFIX)/share/man/man5/
	install -D -m 0644 dist/completions/bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/samur
	install -D -m 0644 dist/completions/zsh $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_samur
	install -D -m 0644 dist/completions/fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/samur.fish
	for u in deploy/samur.*; do sed 's|/usr/|$(PREFIX)/|g' $$u | install -m 0644 /dev/stdin $(DESTDIR)$(UNITDIR)/$${u#deploy/}; done
	install -d $(DESTDIR)/etc/samur/feeds.d && install -d -m 0700 $(DESTDIR)/etc/samur/secrets
	install -m 0644 config/samur.schema.json $(DESTDIR)/etc/samur/
	test -e $(DESTDIR)/etc/samur/feeds.yaml || install -m 0644 config/feeds.yaml $(DESTDIR)/etc/samur/
	test -e $(DESTDIR)/etc/samur/samur.yaml || sed 's|^#state:|state:|' config/samur.yaml | install -m 0644 /dev/stdin $(DESTDIR)/etc/samur/samur.yaml
uninstall: ## what install put there, but for /etc/samur and the store
	cd $(DESTDIR)$(PREFIX) && rm -f bin/samur share/man/man1/samur.1 share/man/man1/samur-*.1 share/man/man5/samur.yaml.5 \
		share/bash-completion/completions/samur share/zsh/site-functions/_samur share/fish/vendor_completions.d/samur.fish
	rm -rf $(DESTDIR)$(PREFIX)/share/doc/samur
	rm -f $(addprefix $(DESTDIR)$(UNITDIR)/,$(notdir $(wildcard deploy/samur.*)))
DEB_ARCH ?= $(shell $(GO) env GOARCH)
# Sorts by time; a tag of the source, when there is one, stands in front.
DEB_VERSION ?= $(shell (git describe --tags --abbrev=0 2>/dev/null || echo 0.1) | sed 's/^v//')+$(shell TZ=UTC0 git log -1 --date=format-local:%Y%m%d%H%M%S --format=%cd.g%h)
DEB_MAINTAINER ?= samur <samur@localhost>
deb: man completions ## the Debian package, dist/*.deb
	GOARCH=$(DEB_ARCH) $(GO) build -trimpath -buildvcs=auto -ldflags '-s -w' -o dist/samur ./cmd/samur
	cp deploy/samur.service dist/samur.service
	sed 's|^#state:|state:|' config/samur.yaml > dist/samur.yaml
	rm -rf dist/gz && cp -r dist/man dist/gz && gzip -9n dist/gz/*/*
	printf 'samur (%s) unstable; urgency=medium\n\n  * Built from that commit, whose log tells what has changed.\n\n -- %s  %s\n' \
		'$(DEB_VERSION)' '$(DEB_MAINTAINER)' "$$(git log -1 --format=%aD)" | gzip -9n > dist/changelog.gz
	DEB_ARCH=$(DEB_ARCH) DEB_VERSION=$(DEB_VERSION) DEB_MAINTAINER='$(DEB_MAINTAINER)' $(TOOL) nfpm package --config deploy/nfpm.yaml --packager deb --target dist/
clean: ## remove what build and demo made
	rm -rf samur demo-out dist
.PHONY: profile board bench-scale soak crash e2e labelled help build test race lint fuzz bench bench-poll eval demo schema man completions install uninstall deb clean
