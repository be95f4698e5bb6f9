package fetch

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/url"
	"os"

	"code.dny.dev/ssrf"

	"samur/internal/news"
)

// causeOf sorts an error into the closed list.
func causeOf(err error) news.Cause {
	var dns *net.DNSError
	switch {
	case errors.Is(err, errTooLarge):
		return news.CauseTooLarge
	case errors.Is(err, errAddress), errors.Is(err, ssrf.ErrProhibitedIP), errors.Is(err, ssrf.ErrProhibitedNetwork),
		errors.Is(err, ssrf.ErrProhibitedPort), errors.Is(err, ssrf.ErrInvalidHostPort):
		return news.CauseRefused
	case errors.Is(err, errRedirect):
		return news.CauseRedirect
	case errors.Is(err, errEncoding):
		return news.CauseNotFeed
	case errors.Is(err, errProtocol):
		return news.CauseProtocol
	case timedOut(err):
		return news.CauseTimeout
	case errors.As(err, &dns):
		return news.CauseDNS
	case isTLS(err):
		return news.CauseTLS
	}
	return news.CauseConnect
}

// timedOut reports whether a clock ended the attempt, ours or the caller's.
func timedOut(err error) bool {
	var n net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) ||
		errors.Is(err, os.ErrDeadlineExceeded) || errors.As(err, &n) && n.Timeout()
}

// isTLS reports whether the handshake failed.
func isTLS(err error) bool {
	var (
		verify *tls.CertificateVerificationError
		record tls.RecordHeaderError
		alert  tls.AlertError
		host   x509.HostnameError
		author x509.UnknownAuthorityError
		cert   x509.CertificateInvalidError
		op     *net.OpError
	)
	return errors.Is(err, errCertificate) || errors.As(err, &verify) || errors.As(err, &record) || errors.As(err, &alert) || errors.As(err, &host) ||
		errors.As(err, &author) || errors.As(err, &cert) ||
		errors.As(err, &op) && (op.Op == "remote error" || op.Op == "local error")
}

// clean drops the layers whose text repeats the address.
func clean(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
