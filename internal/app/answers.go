package app

import (
	"fmt"
	"sync"

	"samur/internal/classify"
	"samur/internal/store"
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
