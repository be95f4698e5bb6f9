// Package floor is the bare program that samur is measured against: 64 workers fetch
// with validators, gofeed with its translator parses as its own documentation shows, and
// one bbolt transaction a feed stores the entries that are new. Nothing is repaired,
// normalised, classified, clustered or indexed; nobody could be told anything from what
// it stores. internal/bench/floorpoll is its command.
package floor

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"go.etcd.io/bbolt"
	"golang.org/x/sync/errgroup"
)

// state is what the bare program keeps of a feed.
type state struct {
	ETag, LastModified string
}

// item is what it keeps of an entry.
type item struct {
	GUID, Link, Title, Description string
	Published                      *time.Time
	Categories                     []string
}

// Workers is how many feeds are asked at once.
const Workers = 64

// Poll polls the feeds whose addresses stand in the file list, a line each, into the store
// at path. It returns how many entries the answers had and how many of them were new.
func Poll(list, path string) (entries, added int, err error) {
	text, err := os.ReadFile(list)
	if err != nil {
		return 0, 0, err
	}
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	err = db.Update(func(tx *bbolt.Tx) error {
		for _, name := range []string{"feeds", "items"} {
			if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, 0, err
	}
	p := poller{db: db, client: &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConns: 1000, MaxIdleConnsPerHost: 4}}}
	counts := make(chan [2]int)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for c := range counts {
			entries, added = entries+c[0], added+c[1]
		}
	}()
	g, ctx := errgroup.WithContext(context.Background())
	g.SetLimit(Workers)
	for url := range strings.FieldsSeq(string(text)) {
		g.Go(func() error {
			n, fresh, err := p.poll(ctx, url)
			counts <- [2]int{n, fresh}
			return err
		})
	}
	err = g.Wait()
	close(counts)
	<-done
	return entries, added, err
}

type poller struct {
	db     *bbolt.DB
	client *http.Client
}

// poll asks one feed and stores what it does not have.
func (p *poller) poll(ctx context.Context, url string) (entries, added int, err error) {
	var st state
	err = p.db.View(func(tx *bbolt.Tx) error {
		if v := tx.Bucket([]byte("feeds")).Get([]byte(url)); v != nil {
			return json.Unmarshal(v, &st)
		}
		return nil
	})
	if err != nil {
		return 0, 0, err
	}
	body, st, err := p.get(ctx, url, st)
	if err != nil || body == nil {
		return 0, 0, err
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil {
		return 0, 0, fmt.Errorf("%s: %w", url, err)
	}
	err = p.db.Update(func(tx *bbolt.Tx) error {
		added, err = save(tx, url, st, feed)
		return err
	})
	return len(feed.Items), added, err
}

// get returns no body when nothing has changed.
func (p *poller) get(ctx context.Context, url string, st state) ([]byte, state, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, st, err
	}
	if st.ETag != "" {
		req.Header.Set("If-None-Match", st.ETag)
		req.Header.Set("If-Modified-Since", st.LastModified)
	}
	resp, err := p.client.Do(req)
	if err != nil {
		return nil, st, err
	}
	defer func() { _ = resp.Body.Close() }() // read to its end or given up
	if resp.StatusCode == http.StatusNotModified {
		return nil, st, nil
	}
	if resp.StatusCode != http.StatusOK {
		return nil, st, fmt.Errorf("%s: status %d", url, resp.StatusCode)
	}
	body, err := io.ReadAll(resp.Body)
	return body, state{resp.Header.Get("Etag"), resp.Header.Get("Last-Modified")}, err
}

// save writes the entries that are new and the feed's validators.
func save(tx *bbolt.Tx, url string, st state, feed *gofeed.Feed) (added int, err error) {
	items := tx.Bucket([]byte("items"))
	h := fnv.New64a()
	h.Write([]byte(url))
	prefix := binary.BigEndian.AppendUint64(nil, h.Sum64())
	for _, it := range feed.Items {
		key := append(prefix[:8:8], it.GUID...)
		if items.Get(key) != nil {
			continue
		}
		rec, err := json.Marshal(item{it.GUID, it.Link, it.Title, it.Description + it.Content, it.PublishedParsed, it.Categories})
		if err != nil {
			return 0, err
		}
		if err := items.Put(key, rec); err != nil {
			return 0, err
		}
		added++
	}
	rec, err := json.Marshal(st)
	if err != nil {
		return 0, err
	}
	return added, tx.Bucket([]byte("feeds")).Put([]byte(url), rec)
}
