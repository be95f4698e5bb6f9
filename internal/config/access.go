package config

import (
	"cmp"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net/url"
	"strings"
	"time"
)

// settleAccess reads the secrets and the certificates that the keys at path name.
func (l *loader) settleAccess(a *Access, base, path string) {
	l.secret(&a.Auth, base, path+".auth")
	l.secret(&a.Password, base, path+".password")
	l.secret(&a.ProxyPassword, base, path+".proxy_password")
	l.secret(&a.Key, base, path+".key")
	for _, f := range []struct {
		key        string
		file, text *string
	}{{path + ".ca_file", &a.CAFile, &a.ca}, {path + ".cert_file", &a.CertFile, &a.cert}} {
		if *f.file != "" && !l.bad[f.key] {
			*f.file = l.absolute(base, *f.file)
			*f.text = l.certificates(*f.file, f.key)
		}
	}
}

// certificates returns the PEM in a file that the key at path names, "" when it
// cannot be used.
func (l *loader) certificates(file, path string) string {
	text, err := readFile(file)
	switch {
	case err != nil:
		l.rep.mistake(l.where(path), fmt.Sprintf("%q cannot be read: %v", file, reason(err)), "put the certificates there, or remove the line")
	case !x509.NewCertPool().AppendCertsFromPEM(text):
		l.rep.mistake(l.where(path), fmt.Sprintf("%q holds no certificate", file), "give a file in PEM, with BEGIN CERTIFICATE in it")
	default:
		return string(text)
	}
	return ""
}

// checkOwn holds the keys of one feed or group against each other.
func (l *loader) checkOwn(a Access, path string) {
	if a.Every > 0 && a.Every < l.c.Poll.Min && !l.bad["poll.min"] {
		l.rep.mistake(l.where(path+".every"), fmt.Sprintf("every %s is less than poll.min %s", span(a.Every), span(l.c.Poll.Min)), "raise it or lower poll.min")
	}
	if a.Every > 0 && a.At != "" {
		l.rep.mistake(l.key(path+".at"), "every and at both say when it is polled", "keep one of the two")
	}
	if a.Insecure == On {
		l.rep.warn(l.key(path+".insecure"), "any certificate is taken, so that whoever is in between can change what is read", "name the server's authority with ca_file instead")
		if a.CAFile != "" && !strings.HasPrefix(a.Proxy, "https:") {
			l.rep.mistake(l.key(path+".ca_file"), "ca_file does nothing with insecure: true", "remove insecure")
		}
	}
	l.checkPair(a, path)
}

// checkPair holds a client certificate against its key.
func (l *loader) checkPair(a Access, path string) {
	switch {
	case l.trouble(path+".key") || l.bad[path+".cert_file"]:
	case a.CertFile != "" && !a.Key.Given():
		l.rep.mistake(l.key(path+".cert_file"), "a certificate without its key", "add key_file, key_env or key_credential")
	case a.CertFile == "" && a.Key.Given():
		l.rep.mistake(l.key(path+".key_"+a.Key.from), "a key without its certificate", "add cert_file")
	case a.cert == "" || a.Key.Reveal() == "": // reported, or not read
	case !holdsKey(a.Key.Reveal()):
		l.rep.mistake(l.where(path+".key_"+a.Key.from), "what it names holds no private key that can be read", "give one in PEM, not locked by a password, with BEGIN PRIVATE KEY in it")
	default:
		if _, err := tls.X509KeyPair([]byte(a.cert), []byte(a.Key.Reveal())); err != nil {
			what := "the key is not that of the certificate: " + strings.TrimPrefix(err.Error(), "tls: ")
			l.rep.mistake(l.where(path+".key_"+a.Key.from), what, "give the key that the certificate was made for")
		}
	}
}

// holdsKey reports whether a text has a private key in PEM that is not encrypted.
func holdsKey(text string) bool {
	for rest := []byte(text); ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			return false
		}
		if strings.HasSuffix(block.Type, "PRIVATE KEY") && !strings.HasPrefix(block.Type, "ENCRYPTED") && block.Headers["DEK-Info"] == "" {
			return true
		}
	}
}

// checkGroups checks what a group says by itself. What it says together with a feed is
// checked with the feed.
func (l *loader) checkGroups() {
	names := map[string]string{}
	for i, g := range l.c.Groups {
		path := fmt.Sprintf("groups[%d]", i)
		l.unique("group", path+".name", g.Name, names)
		if g.Name == noGroup {
			l.rep.mistake(l.where(path+".name"), `"none" is what a feed without group writes`, "give it another name")
		}
		l.checkOwn(g.Access, path)
		l.checkPolls(g.At, g.Zone, path+".at", path+".zone")
		l.checkMembers(g, path)
	}
	l.checkGroupName(l.c.Poll.Group, "poll.group")
	if g, ok := l.c.groupOf(Feed{}); ok && (g.Username != "" || g.Auth.Given() || g.Key.Given()) {
		l.rep.warn(l.where("poll.group"), "the group's login would be sent to every feed that names no group", "keep the login in a group of the feeds it is for")
	}
}

// checkMembers reports what of a group no feed takes.
func (l *loader) checkMembers(g Group, path string) {
	members, scheduled := 0, g.At != ""
	for _, f := range l.c.Feeds {
		if of, ok := l.c.groupOf(f); ok && of.Name == g.Name {
			members++
			scheduled = scheduled || f.At != ""
		}
	}
	switch {
	case members == 0 && !l.torn && g.Name != "":
		l.rep.warn(l.where(path), fmt.Sprintf("no feed is in the group %q", g.Name), "name it in a feed's group or in poll.group, or remove it")
	case g.Zone != "" && !scheduled:
		l.rep.mistake(l.key(path+".zone"), "zone without at does nothing", `add at: "0 */3 * * *" beside it, or remove the line`)
	}
}

func (l *loader) checkGroupName(name, path string) {
	if name == "" || name == noGroup && path != "poll.group" || l.bad[path] || l.bad["groups"] {
		return
	}
	var known []string
	for _, g := range l.c.Groups {
		if known = append(known, g.Name); g.Name == name {
			return
		}
	}
	fix := "add a group of that name under groups in the main file"
	if near := nearest(name, known); near != "" {
		fix = fmt.Sprintf("did you mean %q?", near)
	}
	l.rep.mistake(l.where(path), fmt.Sprintf("there is no group %q", name), fix)
}

// view is a feed with what its group says, and where each of it stands.
type view struct {
	Access
	l          *loader
	own, group string // paths; group is "" for none
}

// view returns what holds for the feed at path.
func (l *loader) view(f Feed, path string) view {
	v := view{Access: l.c.accessOf(f), l: l, own: path}
	if g, ok := l.c.groupOf(f); ok {
		for i := range l.c.Groups {
			if l.c.Groups[i].Name == g.Name {
				v.group = fmt.Sprintf("groups[%d]", i)
				break
			}
		}
	}
	return v
}

// path returns the path of the key that holds: the feed's own or its group's.
func (v view) path(key string) string {
	if _, ok := v.l.at.get(v.own + "." + key); !ok && v.group != "" {
		if _, ok := v.l.at.get(v.group + "." + key); ok {
			return v.group + "." + key
		}
	}
	return v.own + "." + key
}

func (v view) trouble(key string) bool { return len(v.l.bad) > 0 && v.l.trouble(v.path(key)) }

// checkAccess holds against each other what a feed and its group say together.
func (l *loader) checkAccess(f Feed, path string) {
	v := l.view(f, path)
	if v.At != "" {
		l.checkPolls(v.At, v.Zone, v.path("at"), v.path("zone"))
	}
	if f.Zone != "" && v.At == "" && !v.trouble("at") {
		l.rep.mistake(l.key(path+".zone"), "zone without at does nothing", `add at: "0 */3 * * *" beside it, or remove the line`)
	}
	v.checkLogin()
	v.checkProxy()
	if (v.Username != "" || v.Auth.Given()) && legible(f.URL) {
		l.rep.warn(l.where(path+".url"), "a password would be sent in the clear", "use https")
	}
}

// legible reports whether others can read what is sent to an address.
func legible(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.Scheme == "http" && !isLoopback(u.Hostname())
}

// checkLogin holds the ways to log in against each other.
func (v view) checkLogin() {
	switch {
	case v.trouble("auth") || v.trouble("username") || v.trouble("password"):
	case v.AuthHeader != "" && !v.Auth.Given():
		v.l.rep.mistake(v.l.key(v.path("auth_header")), "auth_header without a secret does nothing", "add auth_file or remove the line")
	case v.Username != "" && !v.Password.Given():
		v.l.rep.mistake(v.l.key(v.path("username")), "username without a password", "add password_file, password_env or password_credential")
	case v.Username == "" && v.Password.Given():
		v.l.rep.mistake(v.l.key(v.path("password_"+v.Password.from)), "a password without username", "add username")
	case strings.Contains(v.Username, ":"):
		v.l.rep.mistake(v.l.where(v.path("username")), "a username with a colon cannot be sent", "write it without one")
	case v.Username != "" && v.Auth.Given() && strings.EqualFold(v.authHeader(), "Authorization"):
		v.l.rep.mistake(v.l.key(v.path("username")), "username and auth_"+v.Auth.from+" are two logins in one header", "keep one of the two")
	}
}

// checkProxy holds a proxy against its login.
func (v view) checkProxy() {
	none := v.Proxy == "" || v.Proxy == noProxy
	switch {
	case v.trouble("proxy"):
	case v.ProxyUsername != "" && none:
		v.l.rep.mistake(v.l.key(v.path("proxy_username")), "proxy_username without a proxy does nothing", "add proxy or remove the line")
	case v.ProxyUsername != "" && !v.ProxyPassword.Given():
		v.l.rep.mistake(v.l.key(v.path("proxy_username")), "proxy_username without a password", "add proxy_password_file, proxy_password_env or proxy_password_credential")
	case v.ProxyUsername == "" && v.ProxyPassword.Given():
		v.l.rep.mistake(v.l.key(v.path("proxy_password_"+v.ProxyPassword.from)), "a password without proxy_username", "add proxy_username")
	}
}

// checkPolls checks the schedule of a feed's polls.
func (l *loader) checkPolls(spec, zone, path, zonePath string) {
	if spec == "" {
		return
	}
	zone = cmp.Or(zone, l.c.Zone)
	l.checkCron(spec, zone, path, zonePath)
	if l.o.CronSlots == nil || l.bad[path] || l.bad["poll.min"] || checkZone(zone) != nil {
		return
	}
	if gap := l.shortest(spec, zone); gap > 0 && gap < l.c.Poll.Min {
		l.rep.mistake(l.where(path), fmt.Sprintf("%q comes again after %s, which is less than poll.min %s", spec, span(gap), span(l.c.Poll.Min)), "write a rarer schedule or lower poll.min")
	}
}

// shortest returns the shortest time between two runs of a schedule, 0 when it is not
// known. What a schedule does within a day it does on each of its days; two months
// show which days follow each other, and a year and two months are looked at only for
// one that is rarer.
func (l *loader) shortest(spec, zone string) time.Duration {
	id := spec + "\n" + zone
	if gap, known := l.gaps[id]; known {
		return gap
	}
	var gap time.Duration
	from := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, days := range []int{2, 63, 428} {
		slots := l.o.CronSlots(spec, zone, from, from.AddDate(0, 0, days))
		for i := 1; i < len(slots); i++ {
			if d := slots[i].Sub(slots[i-1]); gap == 0 || d < gap {
				gap = d
			}
		}
		if gap > 0 && (gap < l.c.Poll.Min || days > 2) {
			break
		}
	}
	l.gaps[id] = gap
	return gap
}
