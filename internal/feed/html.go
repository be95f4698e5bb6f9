package feed

import "samur/internal/pattern"

// metaCharset matches what a page says of its charset, in either form.
var metaCharset = pattern.Lazy(`(?i)<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})`)

// metaWithin is how far into a page its charset is looked for. Browsers stop at
// 1024 bytes; some pages have a script before it.
const metaWithin = 16 << 10

// PageText returns a web page as UTF-8: by what its bytes prove, then by the header
// it came with, then by what the page itself says, then by the statistics that feeds
// are read by.
func PageText(page string, contentType string) string {
	if headerCharset(contentType) == "" {
		if m := metaCharset().FindStringSubmatch(page[:min(len(page), metaWithin)]); m != nil {
			contentType = "text/html; charset=" + m[1]
		}
	}
	text, _, _ := decode(page, contentType)
	return text
}
