package email_test

import (
	"encoding/base64"
	"io"
	"mime/multipart"
)

// decode returns the content of a base64 part.
func decode(p *multipart.Part) io.Reader { return base64.NewDecoder(base64.StdEncoding, p) }
