// Package app is the whole program in one value: New wires it, Start sets it going,
// Reload replaces its config, Stop ends it, last started first. This comment is the
// tour; it is kept true by TestImports, which reads the import lines of every package.
//
// From the bottom up. A package imports only what stands above it in this list.
//
//	news       the words of samur as types: Feed, Item, Story, Digest, Delivery
//	pattern    regular expressions that are compiled when first asked
//	schedule   cron and clocks: when a spec fires, jobs that do not overlap
//	lang       language, words, sentences and word forms of en, ru, az
//	seeds      the corpus of documents and topics, embedded (top-level folder)
//	fetch      one HTTP GET: conditional, bounded, away from private addresses
//	feed       bytes -> entries: charset, repair, gofeed
//	store      everything remembered, in one bbolt file
//	transfer   a store -> JSON Lines, and back
//	deliver    the outbox: deliver/email, deliver/webhook, deliver/chat, deliver/file are
//	           ways out; deliver/post is the HTTP request of two of them
//	metrics    the counters behind /metrics
//	journal    log records -> entries of the systemd journal, with fields
//	render     a Digest -> text, HTML, Markdown, JSON, Atom; render/genschema writes the
//	           JSON Schema
//	config     a YAML file -> a checked Config, or every mistake in it; config/genschema
//	           writes its JSON Schema
//	typeschema Go types and their comments -> JSON Schema, for what is committed
//	hostile    servers that no reader of feeds should be hurt by, for tests
//	eval, demo labelled items and their scores; the sample feeds of "samur demo"
//	lexicon    names of people, places and bodies, found in any inflection
//	normalise  an entry -> an Item: identity, address, dates, plain text
//	article    the page behind an entry -> its text, for feeds with full text
//	classify   an Item -> a Verdict: relevant or not, topics, every point explained
//	figures    the numbers that an Item states, with unit, period and sentence
//	timeline   the events that an Item states, and the timeline of many Items' events
//	search     terms of the archive's index
//	cluster    Items -> Stories, across languages
//	reading    an Item as sentences, and what one adds to others
//	coverage   how the sides told a story, how it went on, what was reworded
//	records    what the archive has, in the JSON of the commands and of the pages' API
//	web        the pages, /healthz, /readyz, /metrics, the API that web/api lists;
//	           web/genapi writes its OpenAPI document
//	digest     the Stories of a window -> a Digest
//	alert      which stories go out at once
//	ingest     one feed, one pass; a straight line
//	publish    one slot, one edition; a straight line
//	app        this package
//	cli        the commands; cmd/samur is ten lines on top of it; cli/genman writes
//	           their manual pages
//	bench      measures "samur poll" against a bare program, and makes the profile that
//	           samur is compiled with; no part of samur
//
// # The journey of an item
//
// The scheduler comes to a feed's due time (jobs.go; ingest.Due knows it) and calls
// ingest.Feed. It sends the validators of the last stored body (fetch), reads those
// entries that the last document did not have (feed), makes them Items (normalise), asks
// the store which are known, fetches the pages of the new ones of a feed that is to have
// full text (article), classifies them (classify), takes the figures and events of the
// relevant ones (figures, timeline), gives them a story (cluster) and writes all of it with the feed's state and
// validators in one transaction (store.SaveBatches). A crash before that repeats a poll;
// after it nothing repeats. What the pass says of the feed's health (ingest/health.go) is
// told to the keeper once, in the log and through publish.Notices.
//
// At a digest's slot publish.Make settles the stories, reads the window (everything
// since the last edition, cut by place and not by clock), builds and renders the
// Digest and writes it with one Delivery per recipient in one transaction. deliver.Runner
// marks a delivery as being sent, sends its stored bytes and marks it sent; what was cut
// off in between is sent once more under the same id.
//
// A story that a rule of the config takes goes out before that: after each poll that
// brought something publish.Alert holds the fresh stories against the rules (alert), and
// notes a story as gone out in the transaction that adds its deliveries.
//
// # What people say
//
// samur judge stores an answer with the wording it was given on (store/answers.go). The
// classifier that all items are judged with is that of the rules after it has learnt from
// the answers (Core.Classifier, classify/answers.go), so that one comes or goes without a
// restart. A later wording of an entry is judged by itself (ingest/revised.go).
//
// # Commands
//
// A command opens the same Core that the daemon runs, without the clockwork, and its
// Line, the part that reads texts, only when it needs one. samur poll asks all feeds in one
// round, in which polls that brought nothing are written together (ingest/round.go). Beside a
// running daemon, which holds the store, it hands its words to it over a unix socket and
// prints what comes back (cli/remote.go). The same socket answers programs with the pages'
// API and their --json records, and has profiles, which the network does not (listen.go).
// A reload, whether by signal, by command or because the files of the config have changed,
// comes about in one place (cli/reload.go) and all or nothing (App.Reload).
//
// # Where to add
//
// A feed: a line in feeds.d. A topic: a few lines under topics of the config. A name:
// seeds.dir. A channel: a package under deliver that passes deliver/delivertest, a struct
// in config, a case in channels.go. A language: a file in lang, figures and timeline, strings in
// render, names and a background in seeds.
//
// Read Core first, then App and jobs.go.
package app
