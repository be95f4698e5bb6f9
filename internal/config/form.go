package config

import (
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"samur/internal/pattern"
)

// forms are the rules that a text may be held to, by their names in the tags.
// Schedules are not here: they are checked together with their zone.
var forms = map[string]func(string) *problem{
	"line":        checkLine,
	"path":        checkPath,
	"glob":        checkGlob,
	"name":        checkName,
	"slug":        checkSlug,
	"concept":     checkConcept,
	"cue":         checkCue,
	"passage":     checkPassage,
	"zone":        checkZone,
	"url":         checkURL,
	"proxy":       checkProxy,
	"listen":      checkListen,
	"host":        checkHost,
	"hostname":    checkHostname,
	"mailbox":     checkMailbox,
	"header-name": checkHeaderName,
	"chat":        checkChatName,
	"ntfy-topic":  checkNtfyTopic,
	"room":        checkRoom,
	"unsubscribe": checkUnsubscribe,
	"hours":       checkHours,
}

// These are shared with the schema.
const (
	nameForm    = `^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`
	slugForm    = `^[a-z0-9][a-z0-9-]{0,63}$`
	conceptForm = `^[a-z]+/[a-z0-9]+(-[a-z0-9]+)*$`
	headerForm  = "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}$"
)

var (
	namePattern    = pattern.Lazy(nameForm)
	slugPattern    = pattern.Lazy(slugForm)
	conceptPattern = pattern.Lazy(conceptForm)
	headerPattern  = pattern.Lazy(headerForm)
	hostPattern    = pattern.Lazy(`^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9.])?$`)
)

func checkLine(s string) *problem {
	if strings.ContainsFunc(s, unicode.IsControl) {
		return &problem{"a control character or line break is in the value", "write it in one line"}
	}
	return nil
}

func checkPath(s string) *problem {
	if s == "" {
		return &problem{"the path is empty", "write one, or remove the line"}
	}
	return checkLine(s)
}

func checkGlob(s string) *problem {
	if _, err := filepath.Match(s, "x"); err != nil || s == "" {
		return &problem{fmt.Sprintf("%q is not a file or pattern", s), `write a path such as "feeds.yaml" or "feeds.d/*.yaml"`}
	}
	return checkLine(s)
}

func checkName(s string) *problem {
	if namePattern().MatchString(s) {
		return nil
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("._-", r)):
			b.WriteRune(r)
		case unicode.IsSpace(r) || r == '/' || r == ':':
			b.WriteByte('-')
		}
	}
	fix := "use letters a–z, digits, dot, dash and underscore, at most 64"
	if guess := strings.Trim(b.String(), "._-"); len([]rune(s)) == b.Len() && namePattern().MatchString(guess) {
		fix = fmt.Sprintf("write %q", guess)
	}
	return &problem{fmt.Sprintf("%q is not a name", s), fix}
}

func checkSlug(s string) *problem {
	if !slugPattern().MatchString(s) {
		return &problem{fmt.Sprintf("%q is not a slug", s), "use lower-case letters a–z, digits and dashes"}
	}
	return nil
}

func checkConcept(s string) *problem {
	if !conceptPattern().MatchString(s) {
		return &problem{fmt.Sprintf("%q is not the id of a concept", shorten(s)), `write one such as "term/caviar"; a plain word belongs under words`}
	}
	return nil
}

// checkCue holds a word of a topic to what can be found in a text.
func checkCue(s string) *problem {
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letters++
		}
	}
	switch {
	case checkLine(s) != nil:
		return checkLine(s)
	case letters < 2:
		return &problem{fmt.Sprintf("%q is no word of two letters or more", s), "write the word in its dictionary form"}
	case utf8.RuneCountInString(s) > longestCue:
		return &problem{fmt.Sprintf("%q is longer than a phrase", shorten(s)), fmt.Sprintf("write at most %d characters; whole sentences belong under examples", longestCue)}
	}
	return nil
}

// checkPassage holds an example of a topic to what is read of it.
func checkPassage(s string) *problem {
	switch text := strings.TrimSpace(s); {
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }):
		return &problem{"a control character is in the example", "write it without"}
	case len(strings.Fields(text)) < 3:
		return &problem{fmt.Sprintf("%q is too short for an example", shorten(text)), "write a headline or a paragraph; a word belongs under words"}
	case utf8.RuneCountInString(text) > longestPassage:
		return &problem{fmt.Sprintf("an example of %d characters is too long", utf8.RuneCountInString(text)), fmt.Sprintf("keep to the paragraph that is on the topic, %d characters at most", longestPassage)}
	}
	return nil
}

const (
	longestCue     = 80
	longestPassage = 4000
)

func checkZone(s string) *problem {
	if s == "Local" || s == "" {
		return &problem{fmt.Sprintf("%q changes with the machine", s), `write an IANA name such as "Asia/Baku"`}
	}
	if _, err := time.LoadLocation(s); err == nil {
		return nil
	}
	fix := `write an IANA name such as "Asia/Baku" or "Europe/Moscow"`
	if i := strings.LastIndexByte(s, '/'); len(s) > i+1 && len(s) < 40 {
		city := strings.ReplaceAll(strings.ToUpper(s[i+1:i+2])+strings.ToLower(s[i+2:]), " ", "_")
		for _, area := range []string{"Asia", "Europe", "America", "Africa", "Australia", "Pacific"} {
			if _, err := time.LoadLocation(area + "/" + city); err == nil {
				fix = fmt.Sprintf("did you mean %q?", area+"/"+city)
				break
			}
		}
	}
	return &problem{fmt.Sprintf("%q is not a known zone", s), fix}
}

func checkURL(s string) *problem {
	u, err := url.Parse(s)
	example := "https://"
	switch {
	case err != nil || strings.ContainsFunc(s, unicode.IsSpace):
		return &problem{fmt.Sprintf("%q is not an address", shorten(s)), `write one such as "https://example.org/rss.xml"`}
	case u.Scheme == "" && strings.Contains(s, "."):
		return &problem{fmt.Sprintf("%q has no scheme", shorten(s)), fmt.Sprintf("write %q", example+strings.TrimLeft(s, "/"))}
	case u.Scheme != "http" && u.Scheme != "https":
		return &problem{fmt.Sprintf("%q is neither http nor https", shorten(s)), `write an address such as "https://example.org/rss.xml"`}
	case u.Hostname() == "":
		return &problem{fmt.Sprintf("%q names no host", shorten(s)), `write an address such as "https://example.org/rss.xml"`}
	case u.User != nil:
		return &problem{"the address holds a user name or password", "take them out and write username and password_file"}
	case u.Port() != "" && !isPort(u.Port()):
		return &problem{fmt.Sprintf("%q has no usable port", shorten(s)), "write a port from 1 to 65535 or none"}
	}
	return nil
}

// checkProxy is checkURL for the address of a proxy, which has no path.
func checkProxy(s string) *problem {
	if s == noProxy {
		return nil
	}
	example := `write one such as "http://proxy.example.org:3128" or "socks5://127.0.0.1:1080", or none`
	u, err := url.Parse(s)
	switch {
	case err != nil || strings.ContainsFunc(s, unicode.IsSpace):
		return &problem{fmt.Sprintf("%q is not the address of a proxy", hideLogin(s)), example}
	case u.User != nil || strings.Contains(s, "@"):
		return &problem{"the address holds a user name or password", "take them out and write proxy_username and proxy_password_file"}
	case u.Scheme == "socks5h" || u.Scheme == "socks":
		return &problem{fmt.Sprintf("%q is not a kind of proxy here", u.Scheme), "write socks5, with which the proxy resolves names"}
	case u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "socks5" || u.Hostname() == "":
		return &problem{fmt.Sprintf("%q is not the address of a proxy", shorten(s)), example}
	case strings.Trim(u.Path, "/") != "" || strings.ContainsAny(s, "?#"):
		return &problem{fmt.Sprintf("%q has more than host and port", shorten(s)), example}
	case u.Port() != "" && !isPort(u.Port()):
		return &problem{fmt.Sprintf("%q has no usable port", shorten(s)), "write a port from 1 to 65535 or none"}
	}
	return nil
}

// hideLogin cuts what may be a login from an address that cannot be read.
func hideLogin(s string) string {
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		s = redacted + s[i:]
	}
	return shorten(s)
}

func isPort(s string) bool {
	n, err := strconv.ParseUint(s, 10, 16)
	return err == nil && n >= 1
}

// shorten keeps messages in one line.
func shorten(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

func checkListen(s string) *problem {
	if s == "none" {
		return nil
	}
	host, port, err := net.SplitHostPort(s)
	if err != nil {
		if isPort(s) {
			return &problem{fmt.Sprintf("%q has no address", s), fmt.Sprintf("write %q", "127.0.0.1:"+s)}
		}
		return &problem{fmt.Sprintf("%q is not an address with a port", s), `write one such as "127.0.0.1:8484", or none`}
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return &problem{fmt.Sprintf("%q has no usable port", s), "write a port from 1 to 65535"}
	}
	if host != "" && net.ParseIP(host) == nil && !hostPattern().MatchString(host) {
		return &problem{fmt.Sprintf("%q has no usable address", s), `write one such as "127.0.0.1:8484"`}
	}
	return nil
}

func checkHost(s string) *problem {
	if net.ParseIP(s) != nil || hostPattern().MatchString(s) {
		return nil
	}
	if host, port, err := net.SplitHostPort(s); err == nil && isPort(port) {
		return &problem{fmt.Sprintf("%q holds a port", s), fmt.Sprintf("write %q here and %s as port", host, port)}
	}
	return &problem{fmt.Sprintf("%q is not a host name", s), `write one such as "mail.example.org"`}
}

// checkHostname is checkHost for names alone.
func checkHostname(s string) *problem {
	if s == "localhost" || net.ParseIP(strings.Trim(s, "[]")) != nil {
		return &problem{fmt.Sprintf("%q need not be named: localhost and addresses are known", s), "remove it"}
	}
	if hostPattern().MatchString(s) {
		return nil
	}
	fix := `write one such as "news.example.org"`
	if u, err := url.Parse(s); err == nil && hostPattern().MatchString(u.Hostname()) {
		fix = fmt.Sprintf("write %q", u.Hostname())
	} else if host, _, err := net.SplitHostPort(s); err == nil && hostPattern().MatchString(host) {
		fix = fmt.Sprintf("write %q", host)
	}
	return &problem{fmt.Sprintf("%q is not a host name alone", s), fix}
}

func checkMailbox(s string) *problem {
	if wrong := checkLine(s); wrong != nil {
		return wrong
	}
	if _, err := mail.ParseAddress(s); err != nil {
		fix := `write "name@example.org" or "Name <name@example.org>"`
		if list, err := mail.ParseAddressList(s); err == nil && len(list) > 1 {
			fix = "write each address as an element of its own"
		}
		return &problem{fmt.Sprintf("%q is not a mail address", shorten(s)), fix}
	}
	return nil
}

func checkHeaderName(s string) *problem {
	if !headerPattern().MatchString(s) {
		return &problem{fmt.Sprintf("%q is not a header's name", s), `write one such as "X-Api-Key"`}
	}
	return nil
}

// checkHeader holds the name of a header to the rules: no secrets in the file, no
// headers that belong to the program.
func checkHeader(name string) *problem {
	if wrong := checkHeaderName(name); wrong != nil {
		return wrong
	}
	low := strings.ToLower(name)
	if secretKey().MatchString(low + ":") {
		return &problem{
			fmt.Sprintf("the header %q is usually a secret, and secrets do not belong in this file", name),
			fmt.Sprintf("write auth_header: %s, and name a file with auth_file", name),
		}
	}
	switch low {
	case "user-agent":
		return &problem{"the user agent has a key of its own", "write user_agent"}
	case "host", "connection", "content-length", "transfer-encoding", "accept-encoding", "if-none-match", "if-modified-since", "content-type",
		"webhook-id", "webhook-timestamp", "webhook-signature":
		return &problem{fmt.Sprintf("the header %q is samur's to set", name), "remove the line"}
	}
	return nil
}
