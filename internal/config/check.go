package config

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"samur/internal/news"
)

// settle reads the secrets and makes relative paths absolute.
func (l *loader) settle() {
	base := filepath.Dir(l.c.Path)
	l.state(base)
	abs := func(dir string, paths ...*string) {
		for _, p := range paths {
			if *p != "" {
				*p = l.absolute(dir, *p)
			}
		}
	}
	abs(base, &l.c.Seeds.Dir)
	l.c.Sources.noteDir(l.c.Seeds.Dir)
	abs(l.c.State, &l.c.Backup.Dir, &l.c.Socket.Path)
	for i := range l.c.Feeds {
		f := &l.c.Feeds[i]
		l.settleAccess(&f.Access, base, fmt.Sprintf("feeds[%d]", i))
		if f.Outlet == "" {
			if u, err := url.Parse(f.URL); err == nil {
				f.Outlet = strings.TrimPrefix(u.Hostname(), "www.")
			}
		}
	}
	for i := range l.c.Groups {
		l.settleAccess(&l.c.Groups[i].Access, base, fmt.Sprintf("groups[%d]", i))
	}
	for i := range l.c.Digests {
		if d := &l.c.Digests[i]; d.Zone == "" {
			d.Zone = l.c.Zone
		}
	}
	for i := range l.c.Alerts {
		if a := &l.c.Alerts[i]; a.Zone == "" {
			a.Zone = l.c.Zone
		}
	}
	l.secret(&l.c.Web.Password, base, "web.password")
	for i := range l.c.Channels {
		l.settleChannel(&l.c.Channels[i], base, fmt.Sprintf("channels[%d].", i))
	}
}

// secret reads s, which the keys at path name.
func (l *loader) secret(s *Secret, dir, path string) {
	if !s.Given() {
		return
	}
	if wrong := s.read(dir, l.o); wrong != nil {
		l.rep.mistake(l.at.of(path+"_"+s.from).value, wrong.what, wrong.fix)
	} else if s.value == "" {
		l.rep.warn(l.at.of(path+"_"+s.from).value, fmt.Sprintf("the secret %q was not read", s.name), "only the service can read it")
	}
}

// state settles where the store is.
func (l *loader) state(base string) {
	switch home := l.o.getenv("HOME"); {
	case l.c.State != "":
		l.c.State = l.absolute(base, l.c.State)
	case l.o.getenv("STATE_DIRECTORY") != "":
		l.c.State, _, _ = strings.Cut(l.o.getenv("STATE_DIRECTORY"), ":")
	case filepath.IsAbs(l.o.getenv("XDG_STATE_HOME")):
		l.c.State = filepath.Join(l.o.getenv("XDG_STATE_HOME"), "samur")
	case home != "":
		l.c.State = filepath.Join(home, ".local", "state", "samur")
	default:
		l.rep.mistake(l.head(), "nothing says where samur keeps its state", "write state: /var/lib/samur")
	}
}

// absolute resolves a path against dir, and "~/" against the home directory.
func (l *loader) absolute(dir, path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok && l.o.getenv("HOME") != "" {
		return filepath.Join(l.o.getenv("HOME"), rest)
	}
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(dir, path)
}

// check holds the values against each other.
func (l *loader) check() {
	l.checkPoll()
	l.checkGroups()
	l.checkFeeds()
	l.checkChannels()
	concepts := l.concepts()
	l.checkDigests(l.checkOwnTopics(l.topics(), concepts), concepts)
	l.checkBackup()
	l.checkWeb()
}

// head returns the place at the head of the file.
func (l *loader) head() place { return l.at.at[""].value }

// where returns the place of the value at path, or of the nearest one around it.
func (l *loader) where(path string) place {
	for path != "" {
		if m, ok := l.at.get(path); ok {
			return m.value
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return l.head()
}

// key returns the place of the key of path, or of the nearest thing around it.
func (l *loader) key(path string) place {
	if m := l.at.of(path); m.key.src != nil {
		return m.key
	}
	return l.where(path)
}

func (l *loader) checkPoll() {
	p := l.c.Poll
	if !l.bad["poll.min"] && !l.bad["poll.every"] && p.Min > p.Every {
		l.rep.mistake(l.where(l.given("poll.min", "poll.every")), fmt.Sprintf("poll.min %s is more than poll.every %s", span(p.Min), span(p.Every)), "lower min or raise every")
	}
	if !l.bad["poll.max"] && !l.bad["poll.every"] && p.Max < p.Every {
		l.rep.mistake(l.where(l.given("poll.max", "poll.every")), fmt.Sprintf("poll.max %s is less than poll.every %s", span(p.Max), span(p.Every)), "raise max or lower every")
	}
}

// given returns the first path that is in the file, else the first.
func (l *loader) given(paths ...string) string {
	for _, p := range paths {
		if _, ok := l.at.get(p); ok {
			return p
		}
	}
	return paths[0]
}

// unique reports a name that is used twice. first has the path of each.
func (l *loader) unique(what, path, name string, first map[string]string) {
	if name == "" || l.bad[path] {
		return
	}
	if at, twice := first[name]; twice {
		before := l.where(at)
		l.rep.mistake(l.where(path), fmt.Sprintf("the %s %q is here twice, first at %s:%d", what, name, before.src.name, before.line), "keep one of the two")
		return
	}
	first[name] = path
}

func (l *loader) checkFeeds() {
	names, urls := make(map[string]string, len(l.c.Feeds)), make(map[string]string, len(l.c.Feeds))
	enabled := 0
	for i, f := range l.c.Feeds {
		path := fmt.Sprintf("feeds[%d]", i)
		l.unique("feed", path+".name", f.Name, names)
		if f.Disabled {
			continue
		}
		enabled++
		l.unique("address", path+".url", f.URL, urls)
		l.checkGroupName(f.Group, path+".group")
		l.checkOwn(f.Access, path)
		l.checkAccess(f, path)
	}
	if enabled == 0 && !l.torn && !l.bad["feeds"] {
		tell := l.rep.mistake
		if l.o.WithoutFeeds {
			tell = l.rep.warn
		}
		tell(l.key(l.given("feeds", "include")), "no feed is read, so nothing will ever be told", "add one under feeds, or include a file of them")
	}
}

// trouble reports whether a key that begins with path could not be read.
func (l *loader) trouble(path string) bool {
	for p := range l.bad {
		if strings.HasPrefix(p, path) {
			return true
		}
	}
	return false
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && a.IsLoopback()
}

func (l *loader) checkDigests(topics, concepts []string) {
	names, used := map[string]string{}, map[string]bool{}
	for i, d := range l.c.Digests {
		path := fmt.Sprintf("digests[%d]", i)
		l.unique("digest", path+".name", d.Name, names)
		l.checkCron(d.At, d.Zone, path+".at", path+".zone")
		l.checkTopics(d.Topics, path+".topics", topics)
		l.checkTo(d.To, path+".to", used)
		if len(d.To) == 0 && l.c.Web.Off() && !l.bad[path+".to"] && !l.bad[path] {
			l.rep.mistake(l.key(path+".to"), "the digest goes nowhere: to is empty and web.listen is none", "name a channel in to")
		}
		if d.Name == news.NoticesName || d.Name == news.TestName {
			l.rep.mistake(l.where(path+".name"), fmt.Sprintf("the name %q belongs to the notices about feeds", d.Name), "choose another one")
		}
		if !l.bad[path+".max_per_topic"] && !l.bad[path+".max_stories"] && d.MaxPerTopic > d.MaxStories && l.at.of(path+".max_per_topic").value.src != nil {
			l.rep.warn(l.where(path+".max_per_topic"), fmt.Sprintf("max_per_topic %d is more than max_stories %d", d.MaxPerTopic, d.MaxStories), "lower it")
		}
	}
	if len(l.c.Digests) == 0 && !l.bad["digests"] && !l.torn {
		l.rep.mistake(l.key("digests"), "no digest is defined, so nothing will ever be told", "add one under digests")
	}
	l.checkAlerts(topics, concepts, used)
	l.checkTo(l.c.Notices.To, "notices.to", used)
	for i, ch := range l.c.Channels {
		if path := fmt.Sprintf("channels[%d].name", i); ch.Name != "" && !used[ch.Name] && !l.bad[path] {
			l.rep.warn(l.where(path), fmt.Sprintf("nothing uses the channel %q", ch.Name), "name it in a digest's to, or remove it")
		}
	}
}

// topics returns the slugs there are without the topics of the file, nil when they are
// not known or not needed.
func (l *loader) topics() []string {
	if l.o.Topics == nil || l.bad["seeds.dir"] || l.c.Seeds.Dir == "" && !l.namesTopics() {
		return nil
	}
	slugs, err := l.o.Topics(l.c.Seeds.Dir)
	if err != nil {
		what, fix, ok := strings.Cut(err.Error(), "; ")
		if !ok {
			fix = "put them right, or remove the line"
		}
		l.rep.mistake(l.where("seeds.dir"), "the seeds cannot be read: "+what, fix)
		return nil
	}
	return slugs
}

// namesTopics reports whether any topic is spoken of.
func (l *loader) namesTopics() bool {
	return len(l.c.Topics) > 0 ||
		slices.ContainsFunc(l.c.Digests, func(d Digest) bool { return len(d.Topics) > 0 }) ||
		slices.ContainsFunc(l.c.Alerts, func(a Alert) bool { return len(a.Topics) > 0 })
}

func (l *loader) checkTopics(slugs []string, path string, known []string) {
	first := map[string]string{}
	for i, slug := range slugs {
		sub := fmt.Sprintf("%s[%d]", path, i)
		l.unique("topic", sub, slug, first)
		if known == nil || l.bad[sub] || slices.Contains(known, slug) {
			continue
		}
		fix := "write one of " + strings.Join(known, ", ")
		if near := nearest(slug, known); near != "" {
			fix = fmt.Sprintf("did you mean %q?", near)
		}
		l.rep.mistake(l.where(sub), fmt.Sprintf("there is no topic %q", slug), fix)
	}
}

// checkTo holds the names of channels at path against those there are.
func (l *loader) checkTo(to []string, path string, used map[string]bool) {
	var known []string
	for _, ch := range l.c.Channels {
		known = append(known, ch.Name)
	}
	first := map[string]string{}
	for i, name := range to {
		sub := fmt.Sprintf("%s[%d]", path, i)
		l.unique("channel", sub, name, first)
		used[name] = true
		if l.bad[sub] || l.bad["channels"] || slices.Contains(known, name) {
			continue
		}
		fix := "add a channel of that name under channels"
		if near := nearest(name, known); near != "" {
			fix = fmt.Sprintf("did you mean %q?", near)
		}
		l.rep.mistake(l.where(sub), fmt.Sprintf("there is no channel %q", name), fix)
	}
}

// checkCron checks a schedule in its zone.
func (l *loader) checkCron(spec, zone, path, zonePath string) {
	if l.o.CheckCron == nil || l.bad[path] || l.at.of(path).value.src == nil {
		return
	}
	if l.bad[zonePath] || checkZone(zone) != nil {
		zone = "UTC" // the zone is reported by itself
	}
	if err := l.o.CheckCron(spec, zone); err != nil {
		what, fix, ok := strings.Cut(err.Error(), "; ")
		if t, err := time.Parse("15:04", spec); err == nil {
			what = fmt.Sprintf("%q is a time of day, not a schedule", spec)
			fix = fmt.Sprintf("write \"%d %d * * *\" for every day at that time", t.Minute(), t.Hour())
		} else if !ok {
			fix = `write minute hour day month weekday, such as "0 7 * * *"`
		}
		l.rep.mistake(l.where(path), what, fix)
	}
}

func (l *loader) checkBackup() {
	if l.c.Backup.At != "" {
		l.checkCron(l.c.Backup.At, l.c.Zone, "backup.at", "zone")
		return
	}
	for _, name := range []string{"backup.dir", "backup.keep"} {
		if _, ok := l.at.get(name); ok {
			l.rep.mistake(l.key(name), name+" without backup.at does nothing", `add at: "30 3 * * *" beside it, or remove the line`)
			return
		}
	}
}

func (l *loader) checkWeb() {
	first := map[string]string{}
	for i, h := range l.c.Web.Hosts {
		l.unique("name", fmt.Sprintf("web.hosts[%d]", i), strings.ToLower(h), first)
	}
	if l.bad["web.listen"] {
		return
	}
	if l.c.Web.Off() {
		if len(l.c.Web.Hosts) > 0 {
			l.rep.mistake(l.key("web.hosts"), "web.hosts with web.listen: none does nothing", "remove one of the two")
		}
		if l.c.Web.URL != "" {
			l.rep.mistake(l.key("web.url"), "web.url with web.listen: none leads nowhere", "remove one of the two")
		}
		return
	}
	host, _, err := net.SplitHostPort(l.c.Web.Listen)
	if err == nil && !isLoopback(host) && !l.c.Web.Guarded() {
		l.rep.mistake(l.where("web.listen"), "all who reach this address could read the pages", "add web.password_file, web.user_header behind a proxy that sets it, or listen on 127.0.0.1")
	}
}
