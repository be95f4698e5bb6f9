package email_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5" //nolint:gosec // CRAM-MD5 is made of it
	"crypto/pbkdf2"
	"crypto/sha1" //nolint:gosec // SCRAM-SHA-1 is made of it
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"strings"
	"testing"

	"github.com/emersion/go-sasl"

	"samur/internal/deliver/delivertest"
	"samur/internal/deliver/email"
)

var errPassword = errors.New("wrong password")

// steps is a server's side of a login: each step takes the client's words and returns
// the next challenge; the last ends the login.
type steps []func(in []byte) (challenge []byte, err error)

func (s *steps) Next(in []byte) (challenge []byte, done bool, err error) {
	step := (*s)[0]
	*s = (*s)[1:]
	challenge, err = step(in)
	return challenge, len(*s) == 0, err
}

// authServer plays a mechanism for the user "reader" with the password "word".
func authServer(mechanism string, ok func(user, pass string) error) (sasl.Server, error) {
	switch mechanism {
	case "LOGIN":
		return &steps{
			func([]byte) ([]byte, error) { return []byte("Username:"), nil },
			func(in []byte) ([]byte, error) { return []byte("Password:"), ok(string(in), "?") },
			func(in []byte) ([]byte, error) { return nil, ok("reader", string(in)) },
		}, nil
	case "CRAM-MD5":
		const challenge = "<1896.697170952@example.org>"
		return &steps{
			func([]byte) ([]byte, error) { return []byte(challenge), nil },
			func(in []byte) ([]byte, error) {
				mac := hmac.New(md5.New, []byte("word"))
				mac.Write([]byte(challenge))
				if string(in) != "reader "+hex.EncodeToString(mac.Sum(nil)) {
					return nil, errPassword
				}
				return nil, ok("reader", "word")
			},
		}, nil
	case "XOAUTH2":
		return &steps{func(in []byte) ([]byte, error) {
			if string(in) != "user=reader\x01auth=Bearer word\x01\x01" {
				return nil, errPassword
			}
			return nil, ok("reader", "word")
		}}, nil
	case "SCRAM-SHA-1":
		return scram(sha1.New, ok), nil
	case "SCRAM-SHA-256":
		return scram(sha256.New, ok), nil
	}
	return nil, errors.New("no such mechanism")
}

// scram is the server's side of RFC 5802 without channel binding.
func scram(h func() hash.Hash, ok func(user, pass string) error) sasl.Server {
	var clientFirst, serverFirst string
	sum := func(key, text []byte) []byte { m := hmac.New(h, key); m.Write(text); return m.Sum(nil) }
	first := func(in []byte) ([]byte, error) {
		clientFirst = strings.TrimPrefix(string(in), "n,,")
		_, nonce, _ := strings.Cut(clientFirst, "r=")
		serverFirst = fmt.Sprintf("r=%sSERVER,s=%s,i=4096", nonce, base64.StdEncoding.EncodeToString([]byte("salt")))
		return []byte(serverFirst), nil
	}
	last := func(in []byte) ([]byte, error) {
		withoutProof, proof, _ := strings.Cut(string(in), ",p=")
		salted, err := pbkdf2.Key(h, "word", []byte("salt"), 4096, h().Size())
		if err != nil {
			return nil, err
		}
		clientKey := sum(salted, []byte("Client Key"))
		stored := h()
		stored.Write(clientKey)
		message := []byte(clientFirst + "," + serverFirst + "," + withoutProof)
		want := sum(stored.Sum(nil), message)
		for i := range want {
			want[i] ^= clientKey[i]
		}
		got, err := base64.StdEncoding.DecodeString(proof)
		if err != nil || !bytes.Equal(got, want) {
			return nil, errPassword
		}
		signature := sum(sum(salted, []byte("Server Key")), message)
		return []byte("v=" + base64.StdEncoding.EncodeToString(signature)), ok("reader", "word")
	}
	nothing := func([]byte) ([]byte, error) { return nil, nil }
	return &steps{nothing, first, last, nothing}
}

func TestMechanisms(t *testing.T) {
	for _, tt := range []struct {
		offer []string
		name  string // of the config
		want  string // part of the error, "" for a login
	}{
		{[]string{"PLAIN"}, "auto", ""},
		{[]string{"LOGIN"}, "auto", ""},
		{[]string{"CRAM-MD5"}, "auto", ""},
		{[]string{"SCRAM-SHA-1", "XOAUTH2"}, "auto", ""},
		{[]string{"PLAIN", "SCRAM-SHA-256"}, "auto", ""},
		{[]string{"PLAIN", "LOGIN"}, "login", ""},
		{[]string{"PLAIN", "XOAUTH2"}, "xoauth2", ""},
		{[]string{"XOAUTH2"}, "auto", "no login that samur knows"},
		{[]string{"PLAIN"}, "scram-sha-256", "does not offer scram-sha-256"},
	} {
		s := start(t, true)
		s.offer = tt.offer
		o := options(s, email.Implicit)
		o.Username, o.Password, o.Mechanism = "reader", "word", tt.name
		c := open(t, o)
		_, err := c.Send(t.Context(), delivertest.Compose(t, c, delivertest.Edition()))
		switch {
		case tt.want == "" && (err != nil || s.login != "reader:word"):
			t.Errorf("%v by %s: Send = %v, login %q", tt.offer, tt.name, err, s.login)
		case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
			t.Errorf("%v by %s: Send = %v, want an error with %q", tt.offer, tt.name, err, tt.want)
		}
	}
}
