#!/bin/sh
# Looks at every page of "samur demo" in Debian's chromium: no accessibility violation,
# nothing wider than the screen, no script, no request to anybody else, and answers
# within the bounds on size. Says so, and why, when it cannot look. With --short each
# page is looked at once, not in every theme, width and language. SHOTS=DIR keeps
# pictures.
set -eu
cd "$(dirname "$0")"
skip() {
	echo "*** THE PAGES WERE NOT LOOKED AT: $1" >&2
	exit 0
}
command -v node >/dev/null || skip "node is not installed (apt-get install nodejs npm)"
command -v npm >/dev/null || skip "npm is not installed (apt-get install npm)"
CHROMIUM=${CHROMIUM:-$(command -v chromium || true)}
[ -n "$CHROMIUM" ] || skip "chromium is not installed (apt-get install chromium)"
export CHROMIUM

work=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$work"' EXIT
../../../samur demo --stay --dir "$work/demo" --now 2026-03-08 >"$work/out" 2>"$work/err" &
pid=$!
cp package.json package-lock.json pages.js "$work"
(cd "$work" && timeout 120 npm ci --no-audit --no-fund --loglevel=error) || skip "the browser's driver could not be fetched (npm ci)"

base=
for _ in $(seq 100); do
	base=$(sed -n 's|.*The pages are at \(http://[^/]*\)/.*|\1|p' "$work/err")
	[ -z "$base" ] || break
	kill -0 "$pid" 2>/dev/null || break
	sleep 0.3
done
[ -n "$base" ] || { cat "$work/err"; echo "make e2e: the demo did not start"; exit 1; }
cd "$work" && node pages.js "$base" "$@" "${SHOTS:-}"
