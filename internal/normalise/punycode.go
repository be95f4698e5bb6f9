package normalise

import (
	"errors"
	"strings"

	"golang.org/x/text/unicode/norm"
)

var errHost = errors.New("a host of more letters than can be written")

// asciiHost writes a host in the letters that are looked up: labels in other scripts
// in Punycode (RFC 3492), behind "xn--". The tables of all that a name may not be are
// left to whoever looks it up; here it is enough that one name has one form.
func asciiHost(s string) (string, error) {
	s = strings.NewReplacer("。", ".", "．", ".", "\u00ad", "", "\u200b", "", "\u2060", "", "\ufeff", "").Replace(s)
	labels := strings.Split(norm.NFKC.String(strings.ToLower(s)), ".")
	for i, l := range labels {
		runes := []rune(l)
		if len(runes) > 63 {
			return "", errHost
		}
		if p := punycode(runes); p != l {
			labels[i] = "xn--" + p
		}
	}
	return strings.Join(labels, "."), nil
}

// The parameters of RFC 3492, section 5.
const (
	punyBase, punyMin, punyMax  = 36, 1, 26
	punySkew, punyDamp          = 38, 700
	punyFirstBias, punyFirstNot = 72, 0x80
)

// punycode encodes a label of at most 63 letters; one that is ASCII stays as it is.
func punycode(label []rune) string {
	var out []byte
	for _, r := range label {
		if r < punyFirstNot {
			out = append(out, byte(r))
		}
	}
	basic := len(out)
	if basic == len(label) {
		return string(out)
	}
	if basic > 0 {
		out = append(out, '-')
	}
	n, delta, bias := rune(punyFirstNot), 0, punyFirstBias
	for done := basic; done < len(label); {
		next := nextLetter(label, n)
		delta += int(next-n) * (done + 1)
		n = next
		for _, r := range label {
			if r < n {
				delta++
			}
			if r != n {
				continue
			}
			out = appendVarint(out, delta, bias)
			bias = adapt(delta, done+1, done == basic)
			delta = 0
			done++
		}
		delta++
		n++
	}
	return string(out)
}

// nextLetter returns the smallest letter of label that is not below n.
func nextLetter(label []rune, n rune) rune {
	next := rune(0x7fffffff)
	for _, r := range label {
		if r >= n && r < next {
			next = r
		}
	}
	return next
}

// appendVarint appends a number with digits of a base that grows with its place.
func appendVarint(out []byte, n, bias int) []byte {
	for k := punyBase; ; k += punyBase {
		t := min(max(k-bias, punyMin), punyMax)
		if n < t {
			return append(out, punyDigit(n))
		}
		out = append(out, punyDigit(t+(n-t)%(punyBase-t)))
		n = (n - t) / (punyBase - t)
	}
}

func punyDigit(d int) byte {
	if d < 26 {
		return byte('a' + d)
	}
	return byte('0' + d - 26)
}

// adapt returns the bias after a number.
func adapt(delta, points int, first bool) int {
	if first {
		delta /= punyDamp
	} else {
		delta /= 2
	}
	delta += delta / points
	k := 0
	for ; delta > (punyBase-punyMin)*punyMax/2; k += punyBase {
		delta /= punyBase - punyMin
	}
	return k + (punyBase-punyMin+1)*delta/(delta+punySkew)
}
