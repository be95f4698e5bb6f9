package config

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"samur/internal/pattern"
)

// Channel is one way out. Exactly one kind is set.
type Channel struct {
	// Name is what digests call it: letters, digits, dot, dash and underscore; unique.
	Name string `yaml:"name" form:"name" required:"yes"`
	// File writes digests into a directory.
	File *File `yaml:"file"`
	// Email sends digests through a mail server, one message per recipient.
	Email *Email `yaml:"email"`
	// Sendmail sends digests through a program of this machine, one message per recipient.
	Sendmail *Sendmail `yaml:"sendmail"`
	// Webhook posts digests to an address, signed by the Standard Webhooks rules.
	Webhook *Webhook `yaml:"webhook"`
	// Slack posts digests through an incoming webhook of Slack.
	Slack *Hook `yaml:"slack"`
	// Mattermost posts digests through an incoming webhook of Mattermost.
	Mattermost *Hook `yaml:"mattermost"`
	// Discord posts digests through a webhook of Discord.
	Discord *Hook `yaml:"discord"`
	// Teams posts digests through a workflow of Microsoft Teams that takes webhooks.
	Teams *Hook `yaml:"teams"`
	// Telegram sends digests by a bot.
	Telegram *Telegram `yaml:"telegram"`
	// Ntfy publishes digests to topics of ntfy.
	Ntfy *Ntfy `yaml:"ntfy"`
	// Matrix sends digests to rooms.
	Matrix *Matrix `yaml:"matrix"`
}

// File writes digests into a directory.
type File struct {
	// Dir is the directory, made when missing. Relative to state.
	Dir string `yaml:"dir" default:"digests" form:"path"`
	// Formats are the forms to write: text, html, json, markdown.
	Formats []string `yaml:"formats" default:"text,html" oneof:"text,html,json,markdown"`
}

// Email sends digests through a mail server.
type Email struct {
	// Host is the mail server's name.
	Host string `yaml:"host" form:"host" required:"yes"`
	// Port is its port. Default: 587 for starttls, 465 for implicit, 25 for none.
	Port int `yaml:"port" min:"1" max:"65535"`
	// TLS is starttls, implicit or none. None sends in the clear and without login.
	TLS string `yaml:"tls" default:"starttls" oneof:"starttls,implicit,none"`
	// Username logs in; without it mail is handed over without login.
	Username string `yaml:"username" form:"line"`
	// Password belongs to username. With mechanism: xoauth2 it is the access token.
	Password Secret `yaml:"password"`
	// Mechanism is how to log in; auto takes the best that the server offers.
	Mechanism string `yaml:"mechanism" default:"auto" oneof:"auto,scram-sha-256,scram-sha-1,plain,login,cram-md5,xoauth2"`
	// CAFile holds certificates of an own authority, in PEM. Relative to this file.
	CAFile string `yaml:"ca_file" form:"path"`
	Letter
}

// Sendmail sends digests through a program that takes mails on its standard input.
type Sendmail struct {
	// Program is its path. It is called as sendmail is: -i -fSENDER -- RECIPIENT.
	Program string `yaml:"program" default:"/usr/sbin/sendmail" form:"path"`
	Letter
}

// Letter is what all ways to send mail have in common.
type Letter struct {
	// From is the sender: an address or "Name <address>".
	From string `yaml:"from" form:"mailbox" required:"yes"`
	// To are the recipients; each gets a message of their own.
	To []string `yaml:"to" form:"mailbox" required:"yes"`
	// Unsubscribe is where readers ask to be taken off: a mailto: or https: address,
	// shown by mail programs. {recipient} and {list} in it stand for the reader and the
	// digest. An https address with {recipient} must take the POST of RFC 8058, which
	// mail programs send when their button is pressed.
	Unsubscribe string `yaml:"unsubscribe" form:"unsubscribe"`
	// UnsubscribeMail is an address for the same, for programs that do not know an https
	// one beside which it stands.
	UnsubscribeMail string `yaml:"unsubscribe_mail" form:"mailbox"`
	// DKIM signs mails. Leave it out where the mail server signs them.
	DKIM *DKIM `yaml:"dkim"`
}

// DKIM signs mails in the name of a domain.
type DKIM struct {
	// Domain is the signing domain, usually that of from.
	Domain string `yaml:"domain" form:"host" required:"yes"`
	// Selector names the key: its public half stands in the TXT record of
	// SELECTOR._domainkey.DOMAIN.
	Selector string `yaml:"selector" form:"host" required:"yes"`
	// Key is the private key, RSA or Ed25519, in PEM.
	Key Secret `yaml:"key" needed:"yes"`
}

// Webhook posts digests to an address.
type Webhook struct {
	// URL is the address. One that is secret itself stands in url_file.
	URL string `yaml:"url" form:"url"`
	// SecretURL is an address that is itself a secret.
	SecretURL Secret `yaml:"url"`
	// Secret signs each message: "whsec_…" or any words; a second line in the file
	// is a second key while keys are changed. Without it messages are unsigned.
	Secret Secret `yaml:"secret"`
	// Format is json, the whole digest, or text.
	Format string `yaml:"format" default:"json" oneof:"json,text"`
	// Allow lists private networks that may be posted to; all others are refused.
	Allow []netip.Prefix `yaml:"allow"`
	// Headers are sent with each message. Secrets do not belong here; see auth_file.
	Headers map[string]string `yaml:"headers" form:"header"`
	// AuthHeader names the header that carries the secret of auth_file.
	AuthHeader string `yaml:"auth_header" default:"Authorization" form:"header-name"`
	// Auth is a header's value that is secret, such as "Bearer …".
	Auth Secret `yaml:"auth"`
}

// Hook is an incoming webhook of a chat service.
type Hook struct {
	// URL is the address that the service gave. It is a secret: who knows it can post.
	URL Secret `yaml:"url" needed:"yes"`
	// Allow lists private networks that may be posted to; all others are refused.
	Allow []netip.Prefix `yaml:"allow"`
}

// Telegram sends digests by a bot.
type Telegram struct {
	// Token is what BotFather gave for the bot.
	Token Secret `yaml:"token" needed:"yes"`
	// To are the chats: "@name" of a public one, or the number of any.
	To []string `yaml:"to" form:"chat" required:"yes"`
	// URL is the server of the Bot API.
	URL string `yaml:"url" default:"https://api.telegram.org" form:"url"`
	// Allow lists private networks that may be posted to; all others are refused.
	Allow []netip.Prefix `yaml:"allow"`
}

// Ntfy publishes digests to topics.
type Ntfy struct {
	// URL is the server.
	URL string `yaml:"url" default:"https://ntfy.sh" form:"url"`
	// To are the topics.
	To []string `yaml:"to" form:"ntfy-topic" required:"yes"`
	// Token is an access token, for topics that are not open to all.
	Token Secret `yaml:"token"`
	// Allow lists private networks that may be posted to; all others are refused.
	Allow []netip.Prefix `yaml:"allow"`
}

// Matrix sends digests to rooms.
type Matrix struct {
	// URL is the home server.
	URL string `yaml:"url" form:"url" required:"yes"`
	// Token is the access token of the account that sends. It must be in the rooms.
	Token Secret `yaml:"token" needed:"yes"`
	// To are the rooms, by their ids: "!…:example.org".
	To []string `yaml:"to" form:"room" required:"yes"`
	// Allow lists private networks that may be posted to; all others are refused.
	Allow []netip.Prefix `yaml:"allow"`
}

// Hooks are the incoming webhooks of chat services that are set, by the services' names.
func (c Channel) Hooks() map[string]*Hook {
	hooks := map[string]*Hook{}
	for name, h := range map[string]*Hook{"slack": c.Slack, "mattermost": c.Mattermost, "discord": c.Discord, "teams": c.Teams} {
		if h != nil {
			hooks[name] = h
		}
	}
	return hooks
}

// Unread reports whether a secret without which nothing can be composed for the channel
// was left unread: see Options.WithoutSecrets.
func (c Channel) Unread() bool {
	var needed []Secret
	for _, h := range c.Hooks() {
		needed = append(needed, h.URL)
	}
	switch {
	case c.Webhook != nil:
		needed = append(needed, c.Webhook.SecretURL)
	case c.Telegram != nil:
		needed = append(needed, c.Telegram.Token)
	case c.Matrix != nil:
		needed = append(needed, c.Matrix.Token)
	case c.Email != nil && c.Email.DKIM != nil:
		needed = append(needed, c.Email.DKIM.Key)
	case c.Sendmail != nil && c.Sendmail.DKIM != nil:
		needed = append(needed, c.Sendmail.DKIM.Key)
	}
	return slices.ContainsFunc(needed, func(s Secret) bool { return s.Given() && s.Reveal() == "" })
}

// kinds counts the ways out that are set.
func (c Channel) kinds() int {
	n := len(c.Hooks())
	for _, set := range []bool{c.File != nil, c.Email != nil, c.Sendmail != nil, c.Webhook != nil, c.Telegram != nil, c.Ntfy != nil, c.Matrix != nil} {
		if set {
			n++
		}
	}
	return n
}

// settleChannel reads the secrets of a channel and makes its paths absolute.
func (l *loader) settleChannel(ch *Channel, base, path string) {
	if f := ch.File; f != nil && f.Dir != "" {
		f.Dir = l.absolute(l.c.State, f.Dir)
	}
	if e := ch.Email; e != nil {
		if e.CAFile != "" {
			e.CAFile = l.absolute(base, e.CAFile)
		}
		l.secret(&e.Password, base, path+"email.password")
		l.settleLetter(&e.Letter, base, path+"email")
	}
	if s := ch.Sendmail; s != nil {
		if s.Program != "" {
			s.Program = l.absolute(base, s.Program)
		}
		l.settleLetter(&s.Letter, base, path+"sendmail")
	}
	if w := ch.Webhook; w != nil {
		l.secret(&w.Secret, base, path+"webhook.secret")
		l.secret(&w.SecretURL, base, path+"webhook.url")
		l.secret(&w.Auth, base, path+"webhook.auth")
	}
	for name, h := range ch.Hooks() {
		l.secret(&h.URL, base, path+name+".url")
	}
	if t := ch.Telegram; t != nil {
		l.secret(&t.Token, base, path+"telegram.token")
	}
	if n := ch.Ntfy; n != nil {
		l.secret(&n.Token, base, path+"ntfy.token")
	}
	if m := ch.Matrix; m != nil {
		l.secret(&m.Token, base, path+"matrix.token")
	}
}

func (l *loader) settleLetter(m *Letter, base, path string) {
	if m.DKIM != nil {
		l.secret(&m.DKIM.Key, base, path+".dkim.key")
	}
}

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
