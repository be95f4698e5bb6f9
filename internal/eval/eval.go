// Package eval turns labelled items and a program's predictions for them into
// scores: relevance, topics, stories, figures and language, each as a small
// struct that can be printed or compared.
//
// Labels are read from JSON Lines, one item a line (see Labelled). A System is
// a set of functions that predict; it is given an Input, which carries no label
// at all, so a prediction cannot lean on one by accident. Run asks the System,
// the Score functions compare, Report prints.
//
// The package has no opinion on what is good: it refuses nothing but malformed
// labels. Items marked hard (two careful readers could disagree) are scored
// twice, with and without; an item that retells another one (variant_of) can be
// left out of the story scores.
//
// Read Labelled first, then Run.
package eval

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"samur/internal/news"
)

// Input is what a System is shown of an item: nothing that was labelled. Text
// is the description as published, markup and entities included.
type Input struct {
	ID     string
	Title  string
	Text   string
	URL    string
	Outlet string
	Side   news.Side
	Lang   news.Lang // as the feed declares it, not as it was labelled
	Date   time.Time
}

// Labelled is an item with the answers a careful reader gave.
type Labelled struct {
	ID        string      `json:"id"`
	Lang      news.Lang   `json:"lang"`
	Outlet    string      `json:"outlet"`
	Side      news.Side   `json:"side"`
	URL       string      `json:"url"`
	Day       string      `json:"date"` // "2006-01-02"
	Title     string      `json:"title"`
	Text      string      `json:"description"`
	Relevant  bool        `json:"relevant"`
	Topics    []string    `json:"topics"`
	Event     *string     `json:"event"` // nil: no other item reports it
	Figures   []FigureKey `json:"figures"`
	Why       string      `json:"why"`
	Hard      bool        `json:"hard"`
	VariantOf string      `json:"variant_of"`
}

// FigureKey is what makes two figures the same: indicator, value, unit, period.
type FigureKey struct {
	Indicator string  `json:"indicator"`
	Value     float64 `json:"value"`
	Unit      string  `json:"unit"`
	Period    string  `json:"period"` // "" when the item ties the value to none
}

// Input returns what a System may see of l.
func (l Labelled) Input() Input {
	day, err := time.Parse(time.DateOnly, l.Day)
	if err != nil {
		day = time.Time{} // Read refuses other forms; a hand-made label may have none
	}
	return Input{
		ID: l.ID, Title: l.Title, Text: l.Text, URL: l.URL,
		Outlet: l.Outlet, Side: l.Side, Lang: l.Lang, Date: day,
	}
}

// maxLine bounds one labelled item.
const maxLine = 4 << 20

// Read returns the labelled items of r, one JSON object a line; empty lines are
// skipped. An error names the line.
func Read(r io.Reader) ([]Labelled, error) {
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 0, 64<<10), maxLine)
	var items []Labelled
	seen := map[string]int{}
	n := 0
	for sc.Scan() {
		n++
		if len(sc.Bytes()) == 0 {
			continue
		}
		var l Labelled
		if err := json.Unmarshal(sc.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("read labelled item in line %d: %w", n, err)
		}
		if err := l.check(); err != nil {
			return nil, fmt.Errorf("read labelled item in line %d: %w", n, err)
		}
		if first, ok := seen[l.ID]; ok {
			return nil, fmt.Errorf("read labelled item in line %d: id %q stands in line %d already", n, l.ID, first)
		}
		seen[l.ID] = n
		items = append(items, l)
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("read labelled items after line %d: %w", n, err)
	}
	return items, nil
}

func (l Labelled) check() error {
	if l.ID == "" {
		return errors.New(`it has no "id"`)
	}
	if l.Day != "" {
		if _, err := time.Parse(time.DateOnly, l.Day); err != nil {
			return fmt.Errorf("write date as 2006-01-02: %w", err)
		}
	}
	return nil
}
