package lang

import (
	"testing"

	"samur/internal/news"
)

func TestSkeleton(t *testing.T) {
	for _, tt := range []struct {
		en, ru, az, want string
	}{
		{"kovgan", "ковган", "kovqan", "KVKN"},
		{"dzhanyatag", "джанятаг", "canyataq", "CNTK"},
		{"shykhlinsky", "шыхлинский", "şıxlinski", "SHLNSK"},
		{"bayramov", "байрамов", "bayramov", "BRMV"},
		{"tsivilev", "цивилев", "tsivilyev", "TSVLV"},
		{"makhachkala", "махачкала", "mahaçkala", "MHCKL"},
		{"aliyev's", "алиевс", "əliyevs", "ALVS"},
		{"crocus", "крокус", "krokus", "KRKS"},
		{"overchuk", "оверчук", "overçuk", "AVRCK"},
		{"shusha", "шуша", "shusha", ""}, // two sounds
		{"khojaly", "ходжалы", "xocalı", "HCL"},
	} {
		t.Run(tt.en, func(t *testing.T) {
			for l, w := range map[news.Lang]string{news.En: tt.en, news.Ru: tt.ru, news.Az: tt.az} {
				if got := Skeleton(w, l); got != tt.want {
					t.Errorf("Skeleton(%q, %s) = %q, want %q", w, l, got, tt.want)
				}
			}
		})
	}
	if a, b := Skeleton("aliyev", news.En), Skeleton("orlov", news.En); a == b {
		t.Errorf("two names share the skeleton %q", a)
	}
}
