package email

import (
	"bytes"
	"crypto"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"

	"github.com/emersion/go-msgauth/dkim"
)

// Signer signs mails by DKIM, RFC 6376.
type Signer struct{ o dkim.SignOptions }

// signed are the headers that a signature covers. Those that a mail has not are covered
// as missing, so that none can be added on the way.
var signed = []string{
	"From", "To", "Subject", "Date", "Message-ID", "References", "MIME-Version", "Content-Type",
	"Auto-Submitted", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Reply-To", "Cc",
}

// NewSigner returns a Signer for domain whose public key stands under selector. key is a
// private key, RSA of 1024 bits or more or Ed25519, in PEM.
func NewSigner(domain, selector, key string) (*Signer, error) {
	private, err := parseKey(key)
	if err != nil {
		return nil, fmt.Errorf("dkim key: %w", err)
	}
	return &Signer{dkim.SignOptions{
		Domain: domain, Selector: selector, Signer: private, Hash: crypto.SHA256, HeaderKeys: signed,
		HeaderCanonicalization: dkim.CanonicalizationRelaxed, BodyCanonicalization: dkim.CanonicalizationRelaxed,
	}}, nil
}

func (s *Signer) sign(msg []byte) ([]byte, error) {
	var b bytes.Buffer
	o := s.o
	if err := dkim.Sign(&b, bytes.NewReader(msg), &o); err != nil {
		return nil, fmt.Errorf("sign by dkim: %w", err)
	}
	return b.Bytes(), nil
}

// parseKey reads a private key in one of the two forms that openssl writes.
func parseKey(text string) (crypto.Signer, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, errors.New("it is not in PEM; make one with: openssl genpkey -algorithm rsa -pkeyopt rsa_keygen_bits:2048")
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return key, nil
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("it cannot be read: %w", err)
	}
	switch key := key.(type) {
	case *rsa.PrivateKey:
		return key, nil
	case ed25519.PrivateKey:
		return key, nil
	}
	return nil, fmt.Errorf("it is of the kind %T; mail servers know RSA and Ed25519", key)
}
