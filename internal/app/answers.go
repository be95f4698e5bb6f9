package app

import (
	"fmt"
	"sync"

	"samur/internal/classify"
	"samur/internal/config"
	"samur/internal/lexicon"
	"samur/internal/news"
	"samur/internal/store"
	"samur/seeds"
)

// taught keeps the classifier that has learnt from the answers in the store, until
// there are others.
type taught struct {
	mu         sync.Mutex
	at         uint64               // what store.AnswersChanged said before they were read
	classifier *classify.Classifier // nil before the first use
}

// Classifier returns the classifier with all that people have answered. An answer is
// heard without a restart: the next item is judged with it.
func (c *Core) Classifier() (*classify.Classifier, error) {
	u, err := c.reads()
	if err != nil {
		return nil, err
	}
	return c.taught.by(u.Classifier, c.Store)
}

func (t *taught) by(plain *classify.Classifier, st *store.Store) (*classify.Classifier, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	at := st.AnswersChanged() // first: what changes while they are read is read again
	if t.classifier != nil && t.at == at {
		return t.classifier, nil
	}
	answers, err := st.Answers()
	if err != nil {
		return nil, fmt.Errorf("learn from answers: %w", err)
	}
	t.at, t.classifier = at, plain.Learn(answers)
	return t.classifier, nil
}

// reading returns what texts are read with, and the classifier with all answers.
func (c *Core) reading() (*lexicon.Lexicon, *classify.Classifier, error) {
	u, err := c.reads()
	if err != nil {
		return nil, nil, err
	}
	cl, err := c.taught.by(u.Classifier, c.Store)
	return u.Lexicon, cl, err
}

// seedFigures reads the figures of the seed documents.
func seedFigures(cfg *config.Config) ([]news.FigurePoint, error) {
	docs, err := Documents(cfg.Seeds.Dir)
	if err != nil {
		return nil, err
	}
	return seeds.Points(docs), nil
}
