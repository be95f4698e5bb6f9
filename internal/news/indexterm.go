package news

// IndexTerm names what an item can be found by in the archive: a word, the sound of a name,
// a concept. It is a part of a hash of it, for a store has millions of them and no use
// for their letters.
type IndexTerm uint64

// IndexTermBits is how many bits of a hash a IndexTerm keeps. Of 60,000 terms one is mistaken for
// another about once in five billion lookups.
const IndexTermBits = 48

// IndexTermOf names a term. It is stored, and must not change between versions: FNV-1a,
// mixed, since that leaves the high bits of short words alike.
func IndexTermOf(s string) IndexTerm {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h ^= uint64(s[i])
		h *= 1099511628211
	}
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	return IndexTerm(h >> (64 - IndexTermBits))
}
