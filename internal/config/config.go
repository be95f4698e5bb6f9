// Package config turns a YAML file into a validated Config, or into the full list
// of what is wrong with it.
//
// The invariant is all or nothing: Load returns a Config in which every name
// resolves, every schedule fires, every path is absolute and every secret is read,
// or an *Error that names each mistake as file:line:column with the fix, the line
// and a caret. Nothing is guessed and nothing is ignored: unknown keys, duplicate
// keys, a second document, anchors and tags are refused.
//
// The struct tags are the whole grammar: key (yaml), default, form, oneof, required,
// needed, min, max. The decoder, Default and the JSON Schema in config/ all read them, and
// the comments are the schema's descriptions. Secrets never stand in the file; it
// names where they are.
//
// Read Config first, then Load.
package config

import (
	"net/netip"
	"time"

	"samur/internal/news"
)

// Config is one configuration, complete and checked. Durations are written with a
// unit: "90s", "15m", "12h", "7d", "2w", "1h30m".
type Config struct {
	// State is the directory that holds the store and, unless they say otherwise,
	// digests and backups. Default: $STATE_DIRECTORY, which systemd sets, else
	// $XDG_STATE_HOME/samur, else ~/.local/state/samur.
	State string `yaml:"state" form:"path" reload:"restart"`
	// Zone is the time zone of schedules and of times shown, by its IANA name.
	Zone string `yaml:"zone" form:"zone" default:"Asia/Baku"`
	// Watch has the daemon look at these files, the included ones and those of seeds.dir
	// every few seconds, and take them over when they have changed.
	Watch bool `yaml:"watch"`
	// Log says how much is logged and in which form.
	Log Log `yaml:"log"`
	// Web is the status page, past digests, health checks and metrics.
	Web Web `yaml:"web"`
	// Socket is where commands and programs on the same machine reach the daemon.
	Socket Socket `yaml:"socket"`
	// Poll says how feeds are asked.
	Poll Poll `yaml:"poll"`
	// Include lists further files that hold feeds and nothing else. A plain name
	// must exist; a pattern with * or ? may match nothing. Relative to this file.
	Include []string `yaml:"include" form:"glob"`
	// Groups are named sets of keys that several feeds have in common.
	Groups []Group `yaml:"groups"`
	// Feeds are the sources to read, beside those of the included files.
	Feeds []Feed `yaml:"feeds"`
	// Seeds adds the user's own topics and words to the built-in ones.
	Seeds Seeds `yaml:"seeds"`
	// Topics are subjects of the user's own, and changes to the built-in ones.
	Topics []Topic `yaml:"topics"`
	// Digests are the editions to make.
	Digests []Digest `yaml:"digests"`
	// Alerts are rules by which a story goes out at once.
	Alerts []Alert `yaml:"alerts"`
	// Channels are the ways out.
	Channels []Channel `yaml:"channels"`
	// Notices is word to the keeper about the feeds.
	Notices Notices `yaml:"notices"`
	// Retention says how long things are kept.
	Retention Retention `yaml:"retention"`
	// Backup copies the store while it is in use.
	Backup Backup `yaml:"backup"`

	// Path is the file that was loaded, absolute.
	Path string `yaml:"-"`
	// Files are all files that were read, Path first, secrets left out.
	Files []string `yaml:"-"`
	// Sources are these files, and where they come and go: their change is a reason to
	// load again.
	Sources Sources `yaml:"-"`
	// Warnings are what is allowed but probably not meant.
	Warnings []Mistake `yaml:"-"`
}

// Log says how much is logged and in which form.
type Log struct {
	// Level is the least important level that is logged.
	Level string `yaml:"level" default:"info" oneof:"debug,info,warn,error"`
	// Format is text, json, journal (fields of the systemd journal) or auto, which
	// takes the journal when it is there and text when it is not.
	Format string `yaml:"format" default:"auto" oneof:"auto,text,json,journal" reload:"restart"`
}

// Web is the pages for people and machines.
type Web struct {
	// Listen is the address and port of the pages, or none. On another address than
	// loopback they want a password or a user_header.
	Listen string `yaml:"listen" default:"127.0.0.1:8484" form:"listen" reload:"restart"`
	// Hosts are the names, without port, under which a proxy or resolver makes the
	// pages known. Under any other name but localhost they are not shown; addresses
	// need not be named.
	Hosts []string `yaml:"hosts" form:"hostname" reload:"restart"`
	// URL is where readers reach the pages, such as https://news.example.org/samur. Mail
	// and messages then lead to the page of their edition. It is also a name under which
	// the pages are shown.
	URL string `yaml:"url" form:"url" reload:"restart"`
	// Password is asked of every reader but /healthz and /readyz: as the password of
	// whatever name, which is then the one that answers bear, or as a bearer token.
	Password Secret `yaml:"password" reload:"restart"`
	// UserHeader is the header in which a proxy says who asks. Then nobody else is
	// answered but who has the password.
	UserHeader string `yaml:"user_header" form:"header-name" reload:"restart"`
	// Proxies are the addresses from which user_header is believed; when there are none,
	// loopback.
	Proxies []netip.Prefix `yaml:"proxies" reload:"restart"`
	// Write lets readers answer on the pages whether a rejected item is relevant.
	// Answers move the rules within bounds, and can be taken back.
	Write bool `yaml:"write" reload:"restart"`
}

// Off reports whether there are no pages.
func (w Web) Off() bool { return w.Listen == "none" }

// Guarded reports whether the pages ask who asks.
func (w Web) Guarded() bool { return w.Password.Given() || w.UserHeader != "" }

// Socket is where commands and programs on the same machine reach the daemon. Who can
// open it can do all that the commands can.
type Socket struct {
	// Path is the unix socket. Relative to state.
	Path string `yaml:"path" default:"samur.sock" form:"path" reload:"restart"`
	// Group is the group whose members may open it, beside the daemon's own user and
	// root. The daemon must be a member; as a service it has the group by Group= in its
	// unit. Default: nobody else.
	Group string `yaml:"group" form:"name" reload:"restart"`
}

// Poll says how feeds are asked.
type Poll struct {
	// Every is the wished time between two polls of a feed that names none. A feed that
	// brings something rarely is asked up to four times less often, one whose document
	// turns over faster is asked more often.
	Every time.Duration `yaml:"every" default:"15m" min:"1m" max:"7d"`
	// Min is the shortest time between two polls, whatever a feed's own every.
	Min time.Duration `yaml:"min" default:"5m" min:"1m" max:"7d"`
	// Max is the longest wait that a publisher's ttl or Cache-Control is granted.
	Max time.Duration `yaml:"max" default:"6h" min:"1m" max:"30d"`
	// Timeout bounds one request from dialling to the last byte.
	Timeout time.Duration `yaml:"timeout" default:"30s" min:"1s" max:"10m"`
	// MaxBytes bounds a feed's document after decompression: "10MB", "512KiB". Larger
	// ones than its maximum are not read whatever stands here.
	MaxBytes int64 `yaml:"max_bytes" default:"10MB" form:"size" min:"64KB" max:"12MB"` // TestLargestDocument holds it to feed
	// Workers is how many feeds are asked at once. Documents of more than a megabyte
	// are read one at a time whatever stands here.
	Workers int `yaml:"workers" default:"32" min:"1" max:"256"`
	// PerHostDelay is the pause between two requests to one publisher: en.trend.az
	// and trend.az are one. Two requests to one host never run at the same time. An
	// address of a network in allow is the keeper's own and has no pause.
	PerHostDelay time.Duration `yaml:"per_host_delay" default:"2s" max:"10m"`
	// Group is the group of feeds that name none. Default: they are in none.
	Group string `yaml:"group" form:"name"`
	// UserAgent is the name given to publishers; empty means samur, its version and
	// the contact.
	UserAgent string `yaml:"user_agent" form:"line"`
	// Contact is an address or URL where a publisher reaches the keeper; it stands
	// in the User-Agent.
	Contact string `yaml:"contact" form:"line"`
	// Allow lists private networks whose feeds may be read; all others are refused.
	Allow []netip.Prefix `yaml:"allow"`
	// FirstPollAge limits what a new feed may tell: older items are stored as known
	// and not told. 0s tells all.
	FirstPollAge time.Duration `yaml:"first_poll_age" default:"48h" max:"400d"`
	// Jitter is the time over which polls are spread after a start.
	Jitter time.Duration `yaml:"jitter" default:"30s" max:"1h"`
}

// Feed is one source.
type Feed struct {
	// Name is what the feed is called in logs, pages and commands: letters, digits,
	// dot, dash and underscore; unique. A feed that is renamed is a new feed.
	Name string `yaml:"name" form:"name" required:"yes"`
	// URL is the http or https address of the document.
	URL string `yaml:"url" form:"url" required:"yes"`
	// Outlet is the newsroom behind the feed; feeds of one outlet count as one voice.
	// Default: the host of url without www.
	Outlet string `yaml:"outlet" form:"line"`
	// Side says where the newsroom sits: az, ru or other.
	Side news.Side `yaml:"side" default:"other" oneof:"az,ru,other"`
	// Language is what the feed is mostly written in. It is a hint: the language of
	// each item is found from its text.
	Language news.Lang `yaml:"language" oneof:"en,ru,az,tr,uk,fa,other"`
	// Group is the group whose keys hold where the feed has none of its own, or none
	// when poll.group is not meant. Default: poll.group.
	Group string `yaml:"group" form:"name"`
	Access
	// Disabled keeps the feed in the file without reading it.
	Disabled bool `yaml:"disabled"`
}

// Group is a named set of keys that several feeds have in common.
type Group struct {
	// Name is what feeds call it: letters, digits, dot, dash and underscore; unique.
	Name string `yaml:"name" form:"name" required:"yes"`
	Access
}

// Access is when and how feeds are asked: the keys that a feed and a group of feeds
// have in common. What a feed does not say is its group's, see Access.over.
type Access struct {
	// Every is the wished time between two polls. Default: poll.every.
	Every time.Duration `yaml:"every" min:"1m" max:"30d"`
	// At is when it is polled, in place of every: minute hour day month weekday.
	At string `yaml:"at" form:"cron"`
	// Zone is the time zone of at. Default: zone.
	Zone string `yaml:"zone" form:"zone"`
	// UserAgent replaces poll.user_agent.
	UserAgent string `yaml:"user_agent" form:"line"`
	// Headers are sent with each request to the feed's own origin. Secrets do not
	// belong here; see auth_file.
	Headers map[string]string `yaml:"headers" form:"header"`
	// AuthHeader names the header that carries the secret of auth_file. Default:
	// Authorization.
	AuthHeader string `yaml:"auth_header" form:"header-name"`
	// Auth is a header's value that is secret, such as "Bearer …". It is sent to the
	// feed's own origin only.
	Auth Secret `yaml:"auth"`
	// Username logs in by basic authentication, at the feed's own origin only.
	Username string `yaml:"username" form:"line"`
	// Password belongs to username.
	Password Secret `yaml:"password"`
	// Proxy is the address of a proxy, http, https or socks5, or none where a group's is
	// not meant. It resolves names. The environment's proxy is not used.
	Proxy string `yaml:"proxy" form:"proxy"`
	// ProxyUsername logs in at the proxy.
	ProxyUsername string `yaml:"proxy_username" form:"line"`
	// ProxyPassword belongs to proxy_username.
	ProxyPassword Secret `yaml:"proxy_password"`
	// CAFile holds certificates of further authorities, in PEM, which the feed's server
	// and an https proxy may be certified by. Relative to this file.
	CAFile string `yaml:"ca_file" form:"path"`
	// CertFile holds the certificate, in PEM, that is shown to a server that asks who
	// we are. Relative to this file.
	CertFile string `yaml:"cert_file" form:"path"`
	// Key is the private key of cert_file, in PEM.
	Key Secret `yaml:"key"`
	// Insecure takes any certificate of the feed's server, so that whoever is in between
	// can change what is read. A ca_file is better.
	Insecure Switch `yaml:"insecure"`
	// FullText fetches the page behind each new entry for more of its text, where the
	// site's robots.txt allows it.
	FullText Switch `yaml:"full_text"`

	ca, cert string // what stands in CAFile and CertFile
}

// Seeds adds the user's own topics and words to the built-in ones.
type Seeds struct {
	// Dir holds documents/*.md, topics.yaml and lexicon/*.yaml of the same form as
	// the built-in ones; what has the same name replaces. Relative to this file.
	Dir string `yaml:"dir" form:"path"`
	// Threshold is the score from which an item is relevant. 0 is the calibrated one.
	Threshold float64 `yaml:"threshold" default:"0" min:"0" max:"1000"`
}

// Topic is a subject of the user's own, or a change to a built-in one: what it says is
// added to the topic of its slug where there is one. An item must concern Russia and
// Azerbaijan to have any topic.
type Topic struct {
	// Slug is what digests and commands call it: small letters, digits and dashes. That
	// of a built-in topic adds to it; "samur topics list" shows them.
	Slug string `yaml:"slug" form:"slug" required:"yes"`
	// Names are its headings in digests. Default: the slug.
	Names Names `yaml:"names"`
	// Words are those that speak for it, in their dictionary forms. One in the headline or
	// the lead is enough, two when they are common. A word that the lexicon knows is heard
	// in all three languages.
	Words Words `yaml:"words"`
	// Concepts of the lexicon that speak for it, by their ids, such as term/caviar.
	Concepts []string `yaml:"concepts" form:"concept"`
	// Examples are passages on it, in whatever language: a paragraph or a headline each.
	Examples []string `yaml:"examples" form:"passage"`
	// Threshold is the score from which an item has it. 0 is the calibrated one; "samur
	// topics try" shows scores.
	Threshold float64 `yaml:"threshold" default:"0" min:"0" max:"10"`
	// Disabled takes a built-in topic away. What has no other topic is then told last.
	Disabled bool `yaml:"disabled"`

	lines []int // of Path in which the examples stand
}

// Names are a heading in each language; one that is missing is another's.
type Names struct {
	// En is the heading in English digests.
	En string `yaml:"en" form:"line"`
	// Ru is the heading in Russian digests.
	Ru string `yaml:"ru" form:"line"`
	// Az is the heading in Azerbaijani digests.
	Az string `yaml:"az" form:"line"`
}

// Words are words and phrases in each language.
type Words struct {
	// En are English ones.
	En []string `yaml:"en" form:"cue"`
	// Ru are Russian ones.
	Ru []string `yaml:"ru" form:"cue"`
	// Az are Azerbaijani ones.
	Az []string `yaml:"az" form:"cue"`
}

// Digest is one edition that is made again and again.
type Digest struct {
	// Name is part of the identity of every edition: letters, digits, dot, dash and
	// underscore; unique. A digest that is renamed starts afresh.
	Name string `yaml:"name" form:"name" required:"yes"`
	// At is when it is made: minute hour day month weekday, in the digest's zone.
	At string `yaml:"at" form:"cron" required:"yes"`
	// Zone is the digest's time zone. Default: zone.
	Zone string `yaml:"zone" form:"zone"`
	// Language is that of headings, dates and numbers; quotes keep their own.
	Language news.Lang `yaml:"language" default:"en" oneof:"en,ru,az"`
	// Topics are the subjects it tells, by their slugs. Default: all.
	Topics []string `yaml:"topics" form:"slug"`
	// Title replaces the usual title.
	Title string `yaml:"title" form:"line"`
	// MaxStories is how many stories are told in full; the others follow in one line.
	MaxStories int `yaml:"max_stories" default:"30" min:"1" max:"500"`
	// MaxPerTopic is how many of them one topic may take.
	MaxPerTopic int `yaml:"max_per_topic" default:"10" min:"1" max:"500"`
	// Quiet says what happens when there is nothing to tell: note sends a short
	// message that says so and which feeds were read, none sends nothing.
	Quiet string `yaml:"quiet" default:"note" oneof:"note,none"`
	// Missed says what happens after several editions were missed: each makes every
	// one, merge makes one that covers them all.
	Missed string `yaml:"missed" default:"each" oneof:"each,merge"`
	// LateAfter is how long after its time an edition is marked as late.
	LateAfter time.Duration `yaml:"late_after" default:"15m" min:"1m" max:"7d"`
	// Question adds a question on one item a day that was left out by little, with the
	// commands that answer it. They are typed where samur runs: it is for readers who
	// can.
	Question bool `yaml:"question"`
	// To names the channels it is sent through. May be empty while web.listen is
	// set: the digest is then on the pages alone.
	To []string `yaml:"to" form:"name"`
}

// Notices is word to the keeper: once when trouble with a feed has lasted, once when it
// is over, once when a feed has moved. It is always in the log.
type Notices struct {
	// To names the channels it is sent through as well. Empty sends nothing.
	To []string `yaml:"to" form:"name"`
	// Language is that of messages to the keeper, and of those that test a channel; what a
	// server said stays as it is. Their times are in zone. The log is in English.
	Language news.Lang `yaml:"language" default:"en" oneof:"en,ru,az"`
	// Collect is the time over which notices are gathered into one message.
	Collect time.Duration `yaml:"collect" default:"15m" min:"1m" max:"1d"`
}

// Retention says how long things are kept.
type Retention struct {
	// Items is how long items and stories are kept.
	Items time.Duration `yaml:"items" default:"400d" min:"14d"`
	// Attempts is how long the record of polls is kept.
	Attempts time.Duration `yaml:"attempts" default:"30d" min:"1d"`
	// Digests is how long digests and their deliveries are kept. 0s keeps them for good.
	Digests time.Duration `yaml:"digests" default:"0s"`
}

// Backup copies the store while it is in use.
type Backup struct {
	// At is when a copy is made, as in digests; empty makes none.
	At string `yaml:"at" form:"cron"`
	// Dir is where copies go, made when missing. Relative to state.
	Dir string `yaml:"dir" default:"backup" form:"path"`
	// Keep is how many copies are kept.
	Keep int `yaml:"keep" default:"7" min:"1" max:"1000"`
}
