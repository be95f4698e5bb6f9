package app

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"time"

	"samur/internal/config"
	"samur/internal/deliver"
	"samur/internal/deliver/chat"
	"samur/internal/deliver/email"
	"samur/internal/deliver/file"
	"samur/internal/deliver/webhook"
	"samur/internal/render"
)

// channels makes the configured ways out, by name, but those whose secrets only the
// service can read. A new kind of channel is one
// case here, one package under deliver and one struct in config.
func channels(cfg *config.Config, agent string, now func() time.Time) (map[string]deliver.Channel, error) {
	made := map[string]deliver.Channel{}
	for _, c := range cfg.Channels {
		if c.Unread() {
			continue // nothing can be sent through it, and it was warned of
		}
		ch, err := channel(c, agent, now)
		if err != nil {
			return nil, fmt.Errorf("channel %q: %w", c.Name, err)
		}
		made[c.Name] = ch
	}
	return made, nil
}

func channel(c config.Channel, agent string, now func() time.Time) (deliver.Channel, error) {
	switch {
	case c.File != nil:
		return file.New(c.File.Dir, c.File.Formats)
	case c.Email != nil:
		return mailChannel(*c.Email)
	case c.Sendmail != nil:
		return letters(email.Options{Program: c.Sendmail.Program}, c.Sendmail.Letter)
	case c.Webhook != nil:
		return hookChannel(*c.Webhook, agent, now)
	}
	o, ok := chatOptions(c)
	if !ok {
		return nil, fmt.Errorf("it has no kind; give it file, email, webhook or a chat service")
	}
	o.UserAgent, o.Now = agent, now
	return chat.New(o)
}

// chatOptions returns the options of a channel that is a chat service.
func chatOptions(c config.Channel) (chat.Options, bool) {
	for name, h := range c.Hooks() { // named as the services are
		return chat.Options{Service: name, URL: h.URL.Reveal(), Allow: h.Allow}, true
	}
	switch {
	case c.Telegram != nil:
		return chat.Options{Service: chat.Telegram, URL: c.Telegram.URL, Token: c.Telegram.Token.Reveal(), To: c.Telegram.To, Allow: c.Telegram.Allow}, true
	case c.Ntfy != nil:
		return chat.Options{Service: chat.Ntfy, URL: c.Ntfy.URL, Token: c.Ntfy.Token.Reveal(), To: c.Ntfy.To, Allow: c.Ntfy.Allow}, true
	case c.Matrix != nil:
		return chat.Options{Service: chat.Matrix, URL: c.Matrix.URL, Token: c.Matrix.Token.Reveal(), To: c.Matrix.To, Allow: c.Matrix.Allow}, true
	}
	return chat.Options{}, false
}

func mailChannel(c config.Email) (*email.Channel, error) {
	o := email.Options{
		Host: c.Host, Port: c.Port, TLS: c.TLS, Username: c.Username, Password: c.Password.Reveal(), Mechanism: c.Mechanism,
	}
	if c.CAFile != "" {
		pem, err := os.ReadFile(c.CAFile)
		if err != nil {
			return nil, fmt.Errorf("read ca_file: %w", err)
		}
		roots := x509.NewCertPool()
		if !roots.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("ca_file %q holds no certificate in PEM", c.CAFile)
		}
		o.Roots = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	}
	return letters(o, c.Letter)
}

// letters makes a channel of mails that leave by o.
func letters(o email.Options, m config.Letter) (*email.Channel, error) {
	o.From, o.To, o.Unsubscribe, o.UnsubscribeMail = m.From, m.To, m.Unsubscribe, m.UnsubscribeMail
	if d := m.DKIM; d != nil {
		var err error
		if o.Signer, err = email.NewSigner(d.Domain, d.Selector, d.Key.Reveal()); err != nil {
			return nil, err
		}
	}
	return email.New(o)
}

func hookChannel(c config.Webhook, agent string, now func() time.Time) (*webhook.Channel, error) {
	o := webhook.Options{
		URL: c.Address(), Secrets: c.Secret.Lines(), Format: c.Format, Header: c.Header(),
		Allow: c.Allow, UserAgent: agent, Now: now,
	}
	return webhook.New(o)
}

// CheckChannels makes the configured channels and lets them go: what a channel
// refuses of its settings is found without sending anything.
func CheckChannels(cfg *config.Config) error {
	_, err := channels(cfg, cfg.Poll.Agent("check"), time.Now)
	return err
}

// TestChannel sends a message that says it is a test through the named channel at once,
// and tells what each recipient's side answered.
func (c *Core) TestChannel(ctx context.Context, name string) ([]deliver.Outcome, error) {
	e, err := render.Trial(name, c.now(), c.Config.Notices.Language, c.Config.Zone)
	if err != nil {
		return nil, err
	}
	return c.Outbox.Test(ctx, name, e)
}
