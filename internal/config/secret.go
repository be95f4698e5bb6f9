package config

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

// Secret is a password, key or token. The file names where it is, by one of three
// keys: NAME_file (a path, relative to the config file), NAME_env (an environment
// variable) or NAME_credential (a systemd credential). Printed in any way it is
// REDACTED; only Reveal returns it.
type Secret struct {
	value string
	from  string // "file", "env", "credential"; "" when not given
	name  string
}

// redacted stands for a secret wherever one is printed.
const redacted = "REDACTED"

// Reveal returns the secret itself, "" when there is none.
func (s Secret) Reveal() string { return s.value }

// Given reports whether the file names a source for the secret.
func (s Secret) Given() bool { return s.from != "" }

// Lines returns the non-empty lines of the secret, for those that may be several.
func (s Secret) Lines() []string {
	return strings.FieldsFunc(s.value, func(r rune) bool { return r == '\n' || r == '\r' })
}

// String returns REDACTED.
func (s Secret) String() string { return redacted }

// Format prints REDACTED for every verb, %#v and %x included.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) } // fmt keeps its own errors

// LogValue returns REDACTED.
func (s Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText returns REDACTED; encoders of XML and YAML use it.
func (s Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// MarshalJSON returns REDACTED.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }

// secretSources are the endings of the keys that name where a secret is.
var secretSources = []string{"file", "env", "credential"}

// maxSecret is the largest secret that is read.
const maxSecret = 64 << 10

// problem is what is wrong with a value and how it is put right.
type problem struct{ what, fix string }

// read fetches the secret from where it is. Without secrets one that only the
// service can reach is left unread.
func (s *Secret) read(dir string, o Options) *problem {
	switch s.from {
	case "env":
		if s.value = cutNewline(o.getenv(s.name)); s.value == "" && !o.WithoutSecrets {
			return &problem{
				fmt.Sprintf("the environment variable %s is not set or empty", s.name),
				"set it for the service, or name a file with the _file key",
			}
		}
		return nil
	case "credential":
		return s.readCredential(o)
	}
	path := s.name
	if !filepath.IsAbs(path) {
		path = filepath.Join(dir, path)
	}
	return s.readFile(path, fmt.Sprintf("secret file %q", path), "write the secret there, readable for samur's user alone")
}

// secretsDir is the credential under which the unit lays out a whole directory: of
// "LoadCredential=secrets:/etc/samur/secrets" the file NAME becomes secrets_NAME.
const secretsDir = "secrets"

// readCredential reads what systemd laid out for the service, by itself or with its
// directory. Another process has no such place, and under systemd 252 ExecReload has one
// that is closed to it.
func (s *Secret) readCredential(o Options) *problem {
	creds := o.getenv("CREDENTIALS_DIRECTORY")
	if _, err := os.ReadDir(creds); err != nil && o.WithoutSecrets {
		return nil
	}
	if creds == "" {
		return &problem{
			fmt.Sprintf("the credential %q is there only in a systemd service", s.name),
			fmt.Sprintf("add LoadCredential=%s:/path to the unit, or name a file with the _file key", s.name),
		}
	}
	path := filepath.Join(creds, s.name)
	if laid := filepath.Join(creds, secretsDir+"_"+s.name); !exists(path) && exists(laid) {
		path = laid
	}
	return s.readFile(path, fmt.Sprintf("credential %q", s.name),
		fmt.Sprintf("write it into /etc/samur/secrets/%s, or add LoadCredential=%s:/path to the unit, and restart the service", s.name, s.name))
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// unreadable says what helps where the rights are missing, as they are to the service for
// what root alone may read.
const unreadable = "give samur's user the right to read it; the systemd service is handed /etc/samur/secrets/NAME as _credential: NAME"

// readFile reads the secret and refuses what is no file, open to all, or empty.
func (s *Secret) readFile(path, called, fix string) *problem {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &problem{called + " does not exist", fix}
	case err != nil:
		return &problem{fmt.Sprintf("%s cannot be read: %v", called, reason(err)), unreadable}
	case !info.Mode().IsRegular():
		return &problem{called + " is not a file", "give the path of a file that holds the secret alone"}
	case info.Mode().Perm()&0o007 != 0:
		return &problem{fmt.Sprintf("%s is open to every user (mode %04o)", called, info.Mode().Perm()), "close it with chmod 0600 " + path}
	case info.Size() > maxSecret:
		return &problem{called + " is larger than 64 KiB", "give a file that holds the secret alone"}
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return &problem{fmt.Sprintf("%s cannot be read: %v", called, reason(err)), unreadable}
	}
	if s.value = cutNewline(string(text)); strings.TrimSpace(s.value) == "" {
		return &problem{called + " is empty", "write the secret into it"}
	}
	return nil
}

// cutNewline cuts the line ends that editors leave.
func cutNewline(s string) string { return strings.TrimRight(s, "\r\n") }

// reason returns what the system said, without operation and path.
func reason(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err
	}
	return err
}
