package app

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"time"

	"samur/internal/config"
	"samur/internal/deliver"
	"samur/internal/deliver/email"
	"samur/internal/deliver/file"
	"samur/internal/deliver/webhook"
)

// channels makes the configured ways out, by name. A new kind of channel is one
// case here, one package under deliver and one struct in config.
func channels(cfg *config.Config, agent string, now func() time.Time) (map[string]deliver.Channel, error) {
	made := map[string]deliver.Channel{}
	for _, c := range cfg.Channels {
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
	case c.Webhook != nil:
		return hookChannel(*c.Webhook, agent, now)
	}
	return nil, fmt.Errorf("it has no kind; give it file, email or webhook")
}

func mailChannel(c config.Email) (*email.Channel, error) {
	o := email.Options{
		Host: c.Host, Port: c.Port, TLS: c.TLS, Username: c.Username, Password: c.Password.Reveal(),
		From: c.From, To: c.To,
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
