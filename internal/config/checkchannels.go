package config

import (
	"fmt"
	"net/url"
	"strings"

	"samur/internal/pattern"
)

func (l *loader) checkChannels() {
	names := map[string]string{}
	for i, ch := range l.c.Channels {
		path := fmt.Sprintf("channels[%d]", i)
		l.unique("channel", path+".name", ch.Name, names)
		switch kinds := ch.kinds(); {
		case kinds == 0 && !l.bad[path]:
			l.rep.mistake(l.where(path), "the channel has no way out", "add one of file, email, sendmail, webhook, slack, mattermost, discord, teams, telegram, ntfy, matrix")
		case kinds > 1:
			l.rep.mistake(l.where(path), "the channel has more than one way out", "make a channel of each")
		}
		if ch.Email != nil {
			l.checkEmail(*ch.Email, path+".email")
		}
		if ch.Sendmail != nil {
			l.checkLetter(ch.Sendmail.Letter, path+".sendmail")
		}
		if ch.Webhook != nil {
			l.checkWebhook(*ch.Webhook, path+".webhook")
		}
		l.checkChat(ch, path)
	}
}

// checkChat checks the ways out that are chat services.
func (l *loader) checkChat(ch Channel, path string) {
	for name, h := range ch.Hooks() {
		sub := path + "." + name
		switch {
		case !h.URL.Given() && !l.trouble(sub+".url") && !l.bad[sub]:
			l.rep.mistake(l.where(sub), "the address is missing, and it is a secret", "write it into a file and name that in url_file; or url_env, url_credential")
		case h.URL.Reveal() != "" && checkURL(h.URL.Reveal()) != nil:
			l.rep.mistake(l.where(sub+".url_"+h.URL.from), "what it names does not hold an http or https address", "write the address there, alone")
		}
	}
	if t := ch.Telegram; t != nil {
		l.checkToken(t.Token, path+".telegram")
		l.checkNamed("chat", t.To, path+".telegram.to")
	}
	if n := ch.Ntfy; n != nil {
		l.checkNamed("topic", n.To, path+".ntfy.to")
	}
	if m := ch.Matrix; m != nil {
		l.checkToken(m.Token, path+".matrix")
		l.checkNamed("room", m.To, path+".matrix.to")
	}
}

func (l *loader) checkToken(token Secret, path string) {
	if !token.Given() && !l.trouble(path+".token") && !l.bad[path] {
		l.rep.mistake(l.where(path), "the token is missing", "write it into a file and name that in token_file; or token_env, token_credential")
	}
}

// checkNamed holds a list of recipients to have some, each once.
func (l *loader) checkNamed(what string, to []string, path string) {
	if _, there := l.at.get(path); there && len(to) == 0 && !l.bad[path] {
		l.rep.mistake(l.key(path), "no recipient is named", "add at least one")
	}
	first := map[string]string{}
	for i, name := range to {
		l.unique(what, fmt.Sprintf("%s[%d]", path, i), name, first)
	}
}

func (l *loader) checkEmail(e Email, path string) {
	l.checkLetter(e.Letter, path)
	l.checkLogin(e, path)
	if e.Port == 465 && e.TLS == "starttls" {
		l.rep.warn(l.where(path+".port"), "port 465 is usually for tls: implicit", "check tls")
	}
	if e.CAFile != "" {
		l.checkCAFile(e, path)
	}
}

// checkLetter checks what all mails have in common.
func (l *loader) checkLetter(m Letter, path string) {
	if _, there := l.at.get(path + ".to"); there && len(m.To) == 0 && !l.bad[path+".to"] {
		l.rep.mistake(l.key(path+".to"), "no recipient is named", "add at least one address")
	}
	to := map[string]string{}
	for i, a := range m.To {
		l.unique("recipient", fmt.Sprintf("%s.to[%d]", path, i), a, to)
	}
	d := m.DKIM
	if d == nil {
		return
	}
	switch sub := path + ".dkim"; {
	case !d.Key.Given() && !l.trouble(sub+".key") && !l.bad[sub]:
		l.rep.mistake(l.where(sub), "the key is missing", "write it into a file and name that in key_file; or key_env, key_credential")
	case d.Key.Reveal() != "" && !holdsKey(d.Key.Reveal()):
		l.rep.mistake(l.where(sub+".key_"+d.Key.from), "what it names holds no private key that can be read", "give one in PEM, not locked by a password, with BEGIN PRIVATE KEY in it")
	}
}

func (l *loader) checkLogin(e Email, path string) {
	switch {
	case l.bad[path] || l.trouble(path+".password"):
	case e.Username != "" && !e.Password.Given():
		l.rep.mistake(l.key(path+".username"), "username without a password", "add password_file, password_env or password_credential")
	case e.Username == "" && e.Password.Given():
		l.rep.mistake(l.key(path+".password_"+e.Password.from), "a password without username", "add username")
	case e.Username != "" && e.TLS == "none":
		l.rep.mistake(l.key(path+".tls"), "a password would be sent in the clear", "write tls: starttls or tls: implicit")
	case e.Username == "" && l.at.of(path+".mechanism").value.src != nil:
		l.rep.mistake(l.key(path+".mechanism"), "mechanism without username does nothing", "add username and password_file, or remove the line")
	}
}

func (l *loader) checkCAFile(e Email, path string) {
	if e.TLS == "none" {
		l.rep.mistake(l.key(path+".ca_file"), "ca_file does nothing with tls: none", "remove one of the two")
		return
	}
	if l.bad[path+".ca_file"] {
		return
	}
	l.certificates(e.CAFile, path+".ca_file") // go-mail reads it anew
}

func (l *loader) checkWebhook(w Webhook, path string) {
	switch {
	case w.URL == "" && !w.SecretURL.Given() && !l.bad[path+".url"]:
		l.rep.mistake(l.where(path), "url is missing", "add it, or url_file when it is secret")
	case w.URL != "" && w.SecretURL.Given():
		l.rep.mistake(l.key(path+".url"), "two addresses for one webhook: url and url_"+w.SecretURL.from, "keep one of the two")
	case w.SecretURL.Reveal() != "" && checkURL(w.SecretURL.Reveal()) != nil:
		l.rep.mistake(l.where(path+".url_"+w.SecretURL.from), "what it names does not hold an http or https address", "write the address there, alone")
	}
	if u, err := url.Parse(w.Address()); err == nil && u.Scheme == "http" && !isLoopback(u.Hostname()) {
		l.rep.warn(l.where(l.given(path+".url", path+".url_"+w.SecretURL.from)), "digests would be posted in the clear", "use https")
	}
	if _, named := l.at.get(path + ".auth_header"); named && !w.Auth.Given() {
		l.rep.mistake(l.key(path+".auth_header"), "auth_header without a secret does nothing", "add auth_file or remove the line")
	}
}

// These are shared with the schema.
const (
	chatForm  = `^(@[A-Za-z][A-Za-z0-9_]{2,63}|-?[0-9]{1,20})$`
	topicForm = `^[A-Za-z0-9_-]{1,64}$`
	roomForm  = `^![^\s/]{1,254}$`
)

var (
	chatPattern  = pattern.Lazy(chatForm)
	topicPattern = pattern.Lazy(topicForm)
	roomPattern  = pattern.Lazy(roomForm)
)

func checkChatName(s string) *problem {
	if !chatPattern().MatchString(s) {
		return &problem{fmt.Sprintf("%q is not a chat of Telegram", shorten(s)), `write "@name" of a public one, or its number in quotation marks, such as "-1001234567890"`}
	}
	return nil
}

func checkNtfyTopic(s string) *problem {
	if !topicPattern().MatchString(s) {
		return &problem{fmt.Sprintf("%q is not a topic of ntfy", shorten(s)), "use letters a–z, digits, dash and underscore, at most 64"}
	}
	return nil
}

func checkRoom(s string) *problem {
	if !roomPattern().MatchString(s) {
		return &problem{fmt.Sprintf("%q is not the id of a room", shorten(s)), `write one such as "!abc:example.org", which the room's settings show; an alias with # is not enough`}
	}
	return nil
}

func checkUnsubscribe(s string) *problem {
	plain := strings.NewReplacer("{recipient}", "r", "{list}", "l").Replace(s)
	u, err := url.Parse(plain)
	switch {
	case checkLine(s) != nil:
		return checkLine(s)
	case strings.ContainsAny(plain, "{}"):
		return &problem{fmt.Sprintf("%q has braces that samur does not know", shorten(s)), "write {recipient} or {list}, or %7B and %7D for the signs themselves"}
	case err == nil && u.Scheme == "https" && u.Host != "" && !strings.ContainsAny(s, " <>,"):
		return nil
	case err == nil && u.Scheme == "mailto" && strings.Contains(u.Opaque, "@") && !strings.ContainsAny(s, " <>,"):
		return nil
	}
	return &problem{fmt.Sprintf("%q is no address to unsubscribe at", shorten(s)), `write "mailto:desk@example.org?subject=unsubscribe" or an https address`}
}
