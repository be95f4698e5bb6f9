package classify

import (
	"io/fs"

	"samur/internal/news"
)

// Topic is one of the subjects an item can belong to.
type Topic struct {
	Slug  string
	Names map[news.Lang]string
}

type model struct{}

func (c *Classifier) learn([]fs.FS) error { return nil }

func (c *Classifier) match(*view) []news.Match { return nil }
