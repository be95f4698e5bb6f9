package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"samur/internal/app"
	"samur/internal/config"
	"samur/internal/news"
	"samur/internal/schedule"
)

// fill makes the store of dir as months of polling would: with samur's own passes, a
// round of all feeds at a time, each on its day. Items, words, figures, stories and
// attempts are those that the daemon would have stored.
func (d *driver) fill(dir string) error {
	cfg, err := config.Load(filepath.Join(dir, "samur.yaml"), config.Options{CheckCron: schedule.Check})
	if err != nil {
		return err
	}
	each := d.feeds * d.items
	for k := (d.archive + each - 1) / each; k > 0; k-- {
		at := d.begun.Add(-time.Duration(k) * d.server.press.gap)
		if err := d.server.turn(round{-k * d.items, false, at}); err != nil {
			return err
		}
		added, err := pollAt(cfg, at)
		if err != nil || added != each {
			return fmt.Errorf("archive %d items: %d stored: %w", each, added, err)
		}
		fmt.Fprintf(os.Stderr, "archived %d items of %s\n", added, at.Format(time.DateOnly))
	}
	return nil
}

// pollAt polls all feeds once as if it were a time long past.
func pollAt(cfg *config.Config, at time.Time) (added int, err error) {
	core, err := app.Open(app.Options{Config: cfg, Version: "bench", Logger: slog.New(slog.DiscardHandler), Now: func() time.Time { return at }})
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, core.Close()) }()
	err = core.Poll(context.Background(), nil, func(a news.Attempt) { added += a.New })
	return added, err
}

// grown measures samur with a store of many older items, and prints how it compares
// with the same of one that had none.
func (d *driver) grown() error {
	dir := filepath.Join(d.dir, "archive")
	if err := d.settle(dir); err != nil {
		return err
	}
	if err := d.fill(dir); err != nil {
		return err
	}
	for _, sc := range d.play() {
		if err := d.server.turn(sc.round); err != nil {
			return err
		}
		if err := d.poll(dir, "archive", sc); err != nil {
			return fmt.Errorf("%s: %w", sc.name, err)
		}
	}
	fmt.Printf("\nthe same behind %d older items; what was cold is beside warm\n\n%-20s | %22s | %6s %6s %6s\n", d.archive, "", "samur: wall, cpu, anon", "wall", "cpu", "anon")
	for _, sc := range d.play() {
		name := sc.name
		if sc.name == "cold, all new" { // no first poll: what compares is a store that has some items
			name = "warm, all new"
		}
		a, s := d.needed["archive "+sc.name], d.needed["samur "+name]
		fmt.Printf("%-20s | %6.2fs %6.2fs %4d MB | %5.2fx %5.2fx %5.2fx\n", sc.name, median(a, wallOf).Seconds(), median(a, cpuOf).Seconds(), median(a, anonOf)>>20,
			ratio(a, s, wallOf), ratio(a, s, cpuOf), ratio(a, s, anonOf))
	}
	return nil
}

// ratio compares the medians of what two programs needed.
func ratio[T int64 | time.Duration](a, b []usage, of func(usage) T) float64 {
	return float64(median(a, of)) / float64(max(median(b, of), 1))
}
