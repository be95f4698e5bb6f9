package config

import (
	"cmp"
	"reflect"
	"slices"

	"samur/internal/news"
)

// Switch is on, off, or not said, so that a feed can say no where its group says yes.
type Switch uint8

// The values of a Switch.
const (
	Unsaid Switch = iota
	Off
	On
)

var switchType = reflect.TypeFor[Switch]()

// String returns the word that stands in the file, "" when none does.
func (s Switch) String() string {
	return [...]string{Unsaid: "", Off: "false", On: "true"}[s]
}

// noGroup and noProxy are what a feed writes to have none where its group, or
// poll.group, would give it one.
const (
	noGroup = "none"
	noProxy = "none"
)

// Secretive reports whether g says something that a publisher alone may see: a login,
// headers of its own, or a certificate.
func (g Group) Secretive() bool {
	return len(g.Headers) > 0 || g.Auth.Given() || g.Username != "" || g.Password.Given() || g.CertFile != ""
}

// groupOf returns the group of f.
func (c *Config) groupOf(f Feed) (Group, bool) {
	name := cmp.Or(f.Group, c.Poll.Group)
	i := slices.IndexFunc(c.Groups, func(g Group) bool { return g.Name == name })
	if i < 0 || name == noGroup {
		return Group{}, false
	}
	return c.Groups[i], true
}

// accessOf returns how f is asked, with what its group says.
func (c *Config) accessOf(f Feed) Access {
	g, ok := c.groupOf(f)
	if !ok {
		return f.Access
	}
	return f.Access.over(g.Access)
}

// over returns a, and what it does not say from b. Keys that say one thing together
// come from one of the two: a distance of polls or a schedule; one way to log in; a
// proxy with its login, so that no proxy gets another one's password; a certificate
// with its key; whom to trust.
func (a Access) over(b Access) Access {
	if a.Every > 0 {
		b.At, b.Zone = "", ""
	}
	if a.At != "" {
		b.Every = 0
	}
	if a.AuthHeader != "" || a.Auth.Given() {
		b.Username, b.Password = "", Secret{}
	}
	if a.Username != "" || a.Password.Given() {
		b.AuthHeader, b.Auth = "", Secret{}
	}
	if a.Proxy != "" {
		b.ProxyUsername, b.ProxyPassword = "", Secret{}
	}
	if a.CertFile != "" || a.Key.Given() {
		b.CertFile, b.cert, b.Key = "", "", Secret{}
	}
	if a.CAFile != "" {
		b.Insecure = Unsaid
	} else {
		a.ca = b.ca
	}
	if a.CertFile == "" {
		a.cert = b.cert
	}
	to, from := reflect.ValueOf(&a).Elem(), reflect.ValueOf(b)
	for _, k := range keysOf(from.Type()) {
		if field := to.FieldByIndex(k.index); field.IsZero() {
			field.Set(from.FieldByIndex(k.index))
		}
	}
	return a
}

// news returns a in the words of the other packages.
func (a Access) news() news.Access {
	out := news.Access{
		UserAgent: a.UserAgent, Header: withAuth(a.Headers, a.authHeader(), a.Auth),
		Username: a.Username, Password: a.Password.Reveal(),
		Route: news.Route{CA: a.ca, Insecure: a.Insecure == On},
	}
	if a.Proxy != noProxy {
		out.Route.Proxy, out.Route.ProxyUsername, out.Route.ProxyPassword = a.Proxy, a.ProxyUsername, a.ProxyPassword.Reveal()
	}
	if key := a.Key.Reveal(); key != "" { // a command at the shell may go without it
		out.Route.Cert, out.Route.Key = a.cert, key
	}
	return out
}

// authHeader is the header that carries the secret of auth.
func (a Access) authHeader() string { return cmp.Or(a.AuthHeader, "Authorization") }
