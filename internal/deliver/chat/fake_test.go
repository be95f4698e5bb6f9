package chat_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"unicode/utf16"

	"samur/internal/deliver/chat"
	"samur/internal/deliver/delivertest"
)

// server plays all services. It holds what it is sent to the limits that each one
// documents, and answers in its words. It counts on its own.
type server struct {
	service string
	mu      sync.Mutex
	mode    delivertest.Mode
	got     []delivertest.Received
	texts   []string // what a reader sees of each, links included
	asked   int
	after   int // messages to take before mode holds
}

func (s *server) set(m delivertest.Mode) { s.mu.Lock(); s.mode = m; s.mu.Unlock() }

func (s *server) received() []delivertest.Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.got
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	mode := s.mode
	if len(s.got) < s.after {
		mode = delivertest.Accept
	}
	switch mode {
	case delivertest.Busy:
		s.busy(w)
		return
	case delivertest.Refuse:
		s.refuse(w)
		return
	case delivertest.Hang:
		s.mu.Unlock()
		<-r.Context().Done()
		s.mu.Lock()
		return
	}
	text, err := s.read(r, body)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"ok":false,"error":%q}`, err)
		return
	}
	id := ""
	if s.service == chat.Matrix {
		id = r.URL.Path[strings.LastIndexByte(r.URL.Path, '/')+1:]
	}
	s.got = append(s.got, delivertest.Received{ID: id, Body: body})
	s.texts = append(s.texts, text)
	if mode == delivertest.Dropped {
		panic(http.ErrAbortHandler)
	}
	s.thank(w)
}

// busy asks to come again in two minutes, as the service says it.
func (s *server) busy(w http.ResponseWriter) {
	body := ""
	switch s.service {
	case chat.Telegram:
		body = `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 120","parameters":{"retry_after":120}}`
	case chat.Discord:
		body = `{"message":"You are being rate limited.","retry_after":120.5,"global":false}`
	case chat.Matrix:
		body = `{"errcode":"M_LIMIT_EXCEEDED","error":"Too many requests","retry_after_ms":120000}`
	default:
		w.Header().Set("Retry-After", "120")
	}
	w.WriteHeader(http.StatusTooManyRequests)
	fmt.Fprint(w, body)
}

func (s *server) refuse(w http.ResponseWriter) {
	code, body := http.StatusForbidden, "invalid_token"
	switch s.service {
	case chat.Telegram:
		body = `{"ok":false,"error_code":403,"description":"Forbidden: bot was kicked from the supergroup chat"}`
	case chat.Discord:
		code, body = http.StatusNotFound, `{"message":"Unknown Webhook","code":10015}`
	case chat.Matrix:
		code, body = http.StatusUnauthorized, `{"errcode":"M_UNKNOWN_TOKEN","error":"Invalid access token passed."}`
	case chat.Mattermost:
		code, body = http.StatusBadRequest, "Invalid webhook"
	}
	w.WriteHeader(code)
	fmt.Fprint(w, body)
}

func (s *server) thank(w http.ResponseWriter) {
	switch s.service {
	case chat.Telegram:
		fmt.Fprint(w, `{"ok":true,"result":{"message_id":7}}`)
	case chat.Teams:
		w.WriteHeader(http.StatusAccepted)
	default:
		fmt.Fprint(w, "ok")
	}
}

// read checks a request as the service does and returns what a reader sees.
func (s *server) read(r *http.Request, body []byte) (string, error) {
	var m map[string]any
	if err := json.Unmarshal(body, &m); err != nil {
		return "", fmt.Errorf("no_text: %w", err)
	}
	want := http.MethodPost
	if s.service == chat.Matrix {
		want = http.MethodPut
	}
	if r.Method != want {
		return "", fmt.Errorf("method %s", r.Method)
	}
	switch s.service {
	case chat.Slack:
		return readSlack(m)
	case chat.Discord:
		return readDiscord(r, m)
	case chat.Mattermost:
		return readText(m, 16383, str(m, "text"), len([]rune(str(m, "text"))))
	case chat.Teams:
		return readTeams(m, len(body))
	case chat.Telegram:
		return readTelegram(r, m)
	case chat.Ntfy:
		return readNtfy(r, m)
	}
	return readMatrix(r, m, len(body))
}

func str(m map[string]any, key string) string { s, _ := m[key].(string); return s }

func list(m map[string]any, key string) []map[string]any {
	all, _ := m[key].([]any)
	var out []map[string]any
	for _, x := range all {
		o, _ := x.(map[string]any)
		out = append(out, o)
	}
	return out
}

func sub(m map[string]any, key string) map[string]any { o, _ := m[key].(map[string]any); return o }

// wide counts in UTF-16.
func wide(s string) int { return len(utf16.Encode([]rune(s))) }

func readText(_ map[string]any, most int, text string, n int) (string, error) {
	if text == "" || n > most {
		return "", fmt.Errorf("%d characters", n)
	}
	return text, nil
}

func readSlack(m map[string]any) (string, error) {
	blocks := list(m, "blocks")
	if len(blocks) == 0 || len(blocks) > 50 || str(m, "text") == "" {
		return "", fmt.Errorf("invalid_blocks: %d", len(blocks))
	}
	if m["mrkdwn"] != false || strings.Contains(str(m, "text"), "<") {
		return "", fmt.Errorf("markup in %q", str(m, "text"))
	}
	var seen []string
	all := 0
	for _, b := range blocks {
		text, err := slackBlock(b)
		if err != nil {
			return "", fmt.Errorf("invalid_blocks: %w", err)
		}
		all += wide(text)
		seen = append(seen, text)
	}
	if all > 13000 {
		return "", fmt.Errorf("msg_blocks_too_long")
	}
	return strings.Join(seen, "\n"), nil
}

// slackBlock returns the words of a block with its addresses; what is bold stands between
// tags.
func slackBlock(b map[string]any) (string, error) {
	if str(b, "type") == "header" {
		text := sub(b, "text")
		if n := wide(str(text, "text")); n == 0 || n > 150 || str(text, "type") != "plain_text" {
			return "", fmt.Errorf("header of %d", n)
		}
		return str(text, "text"), nil
	}
	section := list(b, "elements")
	if str(b, "type") != "rich_text" || len(section) != 1 || str(section[0], "type") != "rich_text_section" {
		return "", fmt.Errorf("block of type %q with %d elements", str(b, "type"), len(section))
	}
	out := ""
	for _, e := range list(section[0], "elements") {
		words := str(e, "text")
		if n := wide(words); n == 0 || n > 3000 {
			return "", fmt.Errorf("text of %d", n)
		}
		switch link := str(e, "url"); {
		case str(e, "type") == "link" && link != "":
			words = "[" + words + "](" + link + ")"
		case str(e, "type") != "text" || link != "":
			return "", fmt.Errorf("element of type %q to %q", str(e, "type"), link)
		}
		if sub(e, "style")["bold"] == true {
			words = "<b>" + words + "</b>"
		}
		out += words
	}
	if out == "" {
		return "", fmt.Errorf("an empty block")
	}
	return out, nil
}

func readDiscord(r *http.Request, m map[string]any) (string, error) {
	if r.URL.Query().Get("wait") != "true" {
		return "", fmt.Errorf("does not wait")
	}
	if parse, ok := sub(m, "allowed_mentions")["parse"].([]any); !ok || len(parse) != 0 {
		return "", fmt.Errorf("mentions are allowed")
	}
	embeds := list(m, "embeds")
	if n := wide(str(m, "content")); n > 2000 || len(embeds) > 10 {
		return "", fmt.Errorf("content of %d, %d embeds", n, len(embeds))
	}
	seen, all := []string{str(m, "content")}, 0
	for _, e := range embeds {
		n := wide(str(e, "description"))
		if n == 0 || n > 4096 {
			return "", fmt.Errorf("embed of %d", n)
		}
		all += n
		seen = append(seen, str(e, "description"))
	}
	if all > 6000 {
		return "", fmt.Errorf("embeds of %d", all)
	}
	return strings.Join(seen, "\n"), nil
}

func readTeams(m map[string]any, size int) (string, error) {
	if size > 28<<10 || str(m, "type") != "message" {
		return "", fmt.Errorf("request entity too large: %d", size)
	}
	card := sub(list(m, "attachments")[0], "content")
	if str(card, "type") != "AdaptiveCard" || str(card, "version") == "" {
		return "", fmt.Errorf("no card")
	}
	var seen []string
	for _, b := range list(card, "body") {
		line := ""
		for _, run := range list(b, "inlines") {
			if str(run, "type") != "TextRun" {
				return "", fmt.Errorf("run of type %q", str(run, "type"))
			}
			line += str(run, "text")
		}
		seen = append(seen, line)
	}
	return strings.Join(seen, "\n"), nil
}

var (
	tag     = regexp.MustCompile(`<(/?)([a-z]+)( href="[^"<>]*")?>`)
	anyTag  = regexp.MustCompile(`<[^>]*>?`)
	entity  = regexp.MustCompile(`&(amp|lt|gt|quot|#\d+);`)
	roomURL = regexp.MustCompile(`^/_matrix/client/v3/rooms/(![a-z]+:[a-z.]+)/send/m\.room\.message/[^/]+$`)
)

// readHTML returns the words of HTML and how many tags it has. Tags must be of those
// named, closed in order, and nothing but tags and entities may look like either.
func readHTML(s, names string) (text string, tags int, err error) {
	var stack []string
	text = anyTag.ReplaceAllStringFunc(s, func(t string) string {
		p := tag.FindStringSubmatch(t)
		switch {
		case p == nil || !strings.Contains(names, " "+p[2]+" "):
			err = fmt.Errorf("can't parse entities: unsupported start tag %q", t)
		case p[2] == "br":
			return "\n"
		case p[1] == "":
			stack, tags = append(stack, p[2]), tags+1
		case len(stack) == 0 || stack[len(stack)-1] != p[2]:
			err = fmt.Errorf("can't parse entities: unexpected end tag %q", t)
		default:
			stack = stack[:len(stack)-1]
		}
		return ""
	})
	if rest := entity.ReplaceAllString(text, ""); strings.ContainsAny(rest, "<>&") || len(stack) > 0 {
		return "", 0, fmt.Errorf("can't parse entities in %q", rest)
	}
	return entity.ReplaceAllString(text, "?"), tags, err
}

func readTelegram(r *http.Request, m map[string]any) (string, error) {
	if r.URL.Path != "/bot12:secret/sendMessage" || str(m, "chat_id") != "@desk" || str(m, "parse_mode") != "HTML" {
		return "", fmt.Errorf("Bad Request: %s %q", r.URL.Path, str(m, "chat_id"))
	}
	text, tags, err := readHTML(str(m, "text"), " b a ")
	if err == nil && (wide(text) > 4096 || tags > 100) {
		err = fmt.Errorf("Bad Request: message is too long: %d, %d", wide(text), tags)
	}
	return str(m, "text"), err
}

func readNtfy(r *http.Request, m map[string]any) (string, error) {
	if r.Header.Get("Authorization") != "Bearer 12:secret" || str(m, "topic") != "@desk" || str(m, "title") == "" {
		return "", fmt.Errorf("unauthorized")
	}
	text := str(m, "message")
	if len(text) == 0 || len(text) > 4096 {
		return "", fmt.Errorf("message of %d bytes", len(text))
	}
	return text, nil
}

func readMatrix(r *http.Request, m map[string]any, size int) (string, error) {
	if r.Header.Get("Authorization") != "Bearer 12:secret" || !roomURL.MatchString(r.URL.Path) {
		return "", fmt.Errorf("M_FORBIDDEN %s", r.URL.Path)
	}
	if mentions, ok := m["m.mentions"].(map[string]any); !ok || len(mentions) > 0 || size > 60000 || str(m, "body") == "" {
		return "", fmt.Errorf("M_TOO_LARGE %d", size)
	}
	_, _, err := readHTML(str(m, "formatted_body"), " p b a br ")
	return str(m, "formatted_body"), err
}
