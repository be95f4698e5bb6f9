package hostile

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Harm says what in a line of text would do something instead of being read: steer a
// terminal, end a line of a log or a mail's header, turn the direction of writing, hide.
// It returns "" when there is nothing of the kind. The two joiners are none: Persian
// is written with them.
func Harm(s string) string {
	if !utf8.ValidString(s) {
		return "bytes that are no UTF-8"
	}
	for i, r := range s {
		if what := harm(r); what != "" {
			return fmt.Sprintf("%s, %U at byte %d", what, r, i)
		}
	}
	return ""
}

// HarmInText is Harm for a text of several lines.
func HarmInText(s string) string { return Harm(strings.ReplaceAll(s, "\n", " ")) }

func harm(r rune) string {
	switch {
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return "a control character"
	case r == 0x2028 || r == 0x2029:
		return "a line break"
	case r == 0x061c || r == 0x200e || r == 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
		return "a change of direction"
	case r == 0xad || r == 0x180e || r == 0x200b || r >= 0x2060 && r <= 0x2065 || r == 0xfeff:
		return "a character without width"
	case r >= 0xe0000 && r <= 0xe0fff:
		return "an invisible tag"
	case r >= 0xfff9 && r <= 0xfffb || r >= 0xfdd0 && r <= 0xfdef || r&0xfffe == 0xfffe:
		return "no character"
	}
	return ""
}
