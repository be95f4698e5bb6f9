package config

import (
	"net/netip"
	"slices"
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
