package hostile

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"time"
)

// security is how a case speaks TLS. The zero value is plain.
type security struct {
	sound      bool // nothing is wrong with it
	expired    bool
	selfSigned bool
	host       string // the certificate is for this name instead
	oldest     bool   // TLS 1.0 and 1.1 alone
	plain      bool   // no TLS at all where it is expected
	http2      bool
}

func (s security) set() bool { return s != security{} }

// authority signs certificates for the lab.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	pem  []byte
}

func newAuthority() (authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return authority{}, err
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "samur test authority"},
		NotBefore: now.AddDate(-1, 0, 0), NotAfter: now.AddDate(1, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return authority{}, err
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return authority{}, err
	}
	return authority{cert, key, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})}, nil
}

// listen makes ln speak TLS as s says.
func (a authority) listen(ln net.Listener, s security) (net.Listener, error) {
	if s.plain {
		return ln, nil
	}
	cert, err := a.issue(s)
	if err != nil {
		return nil, err
	}
	c := &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12}
	if s.oldest {
		c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
	}
	if s.http2 {
		c.NextProtos = []string{"h2"}
	}
	return tls.NewListener(ln, c), nil
}

// issue makes a certificate for Host, or one with a fault.
func (a authority) issue(s security) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: Host},
		NotBefore: now.AddDate(0, -2, 0), NotAfter: now.AddDate(0, 2, 0),
		IPAddresses: []net.IP{net.ParseIP(Host)}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if s.expired {
		template.NotAfter = now.AddDate(0, -1, 0)
	}
	if s.host != "" {
		template.IPAddresses, template.DNSNames = nil, []string{s.host}
	}
	parent, signer := a.cert, a.key
	if s.selfSigned {
		parent, signer = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}
