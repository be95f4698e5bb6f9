package chat

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"samur/internal/news"
)

// The services.
const (
	Slack      = "slack"
	Mattermost = "mattermost"
	Discord    = "discord"
	Teams      = "teams"
	Telegram   = "telegram"
	Ntfy       = "ntfy"
	Matrix     = "matrix"
)

// service is what the services differ in.
type service struct {
	hook    bool   // reached by an incoming webhook, whose address is the secret
	server  string // used when no other is named; "" when one must be
	bearer  bool   // the token goes into the Authorization header
	open    bool   // goes without a token
	compose func(m message) composed
	target  func(o Options, d news.Delivery) (method, address string)
	gone    []int // answers that say that address or token are worth nothing any more
}

// composed is the body of a message, and its measures against their limits.
type composed struct {
	body   any
	limits [][2]int // what there is, what there may be
}

func (c composed) fits() bool {
	for _, l := range c.limits {
		if l[0] > l[1] {
			return false
		}
	}
	return true
}

func (s service) check(o Options) error {
	switch {
	case s.hook:
		return nil
	case o.Token == "" && !s.open:
		return errToken
	case len(o.To) == 0:
		return errTo
	}
	return nil
}

// services is the table. Slack answers 404 no_service and 410 for what was removed,
// Discord 404; Telegram answers 401 and 404 to a token that was revoked, Matrix 401.
func services() map[string]service {
	return map[string]service{
		Slack:      {hook: true, compose: slack, target: hook, gone: []int{http.StatusNotFound}},
		Mattermost: {hook: true, compose: mattermost, target: hook},
		Discord:    {hook: true, compose: discord, target: waitingHook, gone: []int{http.StatusNotFound, http.StatusUnauthorized}},
		Teams:      {hook: true, compose: teams, target: hook, gone: []int{http.StatusNotFound}},
		Telegram: {
			server: "https://api.telegram.org", compose: telegram, target: telegramMethod,
			gone: []int{http.StatusUnauthorized, http.StatusNotFound},
		},
		Ntfy:   {server: "https://ntfy.sh", bearer: true, open: true, compose: ntfy, target: hook},
		Matrix: {bearer: true, compose: matrix, target: matrixEvent, gone: []int{http.StatusUnauthorized}},
	}
}

func hook(o Options, _ news.Delivery) (method, address string) { return http.MethodPost, o.URL }

// waitingHook has Discord answer when the message is there, and not before.
func waitingHook(o Options, _ news.Delivery) (method, address string) {
	sep := "?"
	if strings.Contains(o.URL, "?") {
		sep = "&"
	}
	return http.MethodPost, o.URL + sep + "wait=true"
}

func telegramMethod(o Options, _ news.Delivery) (method, address string) {
	return http.MethodPost, strings.TrimRight(o.URL, "/") + "/bot" + url.PathEscape(o.Token) + "/sendMessage"
}

// matrixEvent names the event by the delivery's id and part: a server that has it
// already gives the same answer and shows nothing twice.
func matrixEvent(o Options, d news.Delivery) (method, address string) {
	return http.MethodPut, strings.TrimRight(o.URL, "/") + "/_matrix/client/v3/rooms/" + url.PathEscape(d.Recipient) +
		"/send/m.room.message/" + url.PathEscape(d.ID+"."+strconv.Itoa(d.Taken+1))
}

// object is a JSON object.
type object = map[string]any

// slack is a header and a block of rich text for each of ours. Rich text has its words in
// elements of their own and reads no markup in them, whatever signs they have; mrkdwn,
// which a section holds, has no way to write a star or an underscore. Slack documents 150
// characters a header, 3,000 a text and 50 blocks; it refuses more than about 13,200
// characters of blocks together as msg_blocks_too_long, which it does not document.
// text is what notifications show: mrkdwn is switched off in it, but for three signs.
func slack(m message) composed {
	blocks := []any{object{"type": "header", "text": object{"type": "plain_text", "text": m.heading(), "emoji": false}}}
	longest := 0
	for _, b := range m.blocks {
		words := []any{}
		for _, s := range runs(b) {
			longest = max(longest, units(s.Text))
			words = append(words, slackWords(s))
		}
		section := object{"type": "rich_text_section", "elements": words}
		blocks = append(blocks, object{"type": "rich_text", "elements": []any{section}})
	}
	all, _ := encode(blocks) // strings alone: nothing can fail
	return composed{
		object{
			"text": slackSigns.Replace(m.heading()), "mrkdwn": false, "blocks": blocks,
			"unfurl_links": false, "unfurl_media": false,
		},
		[][2]int{{longest, 3000}, {len(blocks), 50}, {units(m.heading()), 150}, {units(string(all)), 12000}},
	}
}

// slackSigns escapes what could be a mention in text.
var slackSigns = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// slackWords is an element of rich text.
func slackWords(s news.Span) object {
	words := object{"type": "text", "text": s.Text}
	if s.Link != "" {
		words = object{"type": "link", "text": s.Text, "url": s.Link}
	}
	if s.Strong {
		words["style"] = object{"bold": true}
	}
	return words
}

// runs returns the words of b in order, its heading first, as few runs of one style as
// there are. The ends of lines are among the words.
func runs(b news.Block) []news.Span {
	var lines [][]news.Span
	if b.Heading != "" {
		lines = append(lines, []news.Span{{Text: b.Heading, Strong: true}})
	}
	var out []news.Span
	for i, l := range append(lines, b.Lines...) {
		if i > 0 {
			out = joined(out, news.Span{Text: "\n"})
		}
		for _, s := range l {
			out = joined(out, s)
		}
	}
	return out
}

// joined returns spans with s behind them, as a part of the last one where it can be.
func joined(spans []news.Span, s news.Span) []news.Span {
	n := len(spans) - 1
	switch {
	case s.Text == "":
	case n >= 0 && spans[n].Link == s.Link && spans[n].Strong == s.Strong:
		spans[n].Text += s.Text
	default:
		spans = append(spans, s)
	}
	return spans
}

// mattermost is Markdown, at most 16,383 characters. A zero-width space parts the at
// sign from the name behind it.
func mattermost(m message) composed {
	k := markdown("\\`*_{}[]()#+-.!>~|", "\u200b")
	text := paragraphs(k, m)
	return composed{object{"text": text}, [][2]int{{units(text), 16383}}}
}

// discord is an embed a block: 10 embeds, 4,096 characters each, 6,000 together. It may
// mention nobody.
func discord(m message) composed {
	k := markdown("\\`*_[]()#+-<>~|:@", "")
	embeds := []any{}
	longest, all := 0, 0
	for _, b := range m.blocks {
		text := k.block(b)
		longest, all = max(longest, units(text)), all+units(text)
		embeds = append(embeds, object{"description": text})
	}
	content := k.bold(k.escape(m.heading()))
	return composed{
		object{"content": content, "embeds": embeds, "allowed_mentions": object{"parse": []string{}}},
		[][2]int{{len(embeds), 10}, {longest, 4096}, {all, 6000}, {units(content), 2000}},
	}
}

// teams is an Adaptive Card for a workflow's webhook, of rich text, which has no markup
// that would have to be escaped. A message may have 28 KB.
func teams(m message) composed {
	card := []any{richText([]news.Span{{Text: m.heading(), Strong: true}}, true)}
	for _, b := range m.blocks {
		if b.Heading != "" {
			card = append(card, richText([]news.Span{{Text: b.Heading, Strong: true}}, true))
		}
		for i, l := range b.Lines {
			card = append(card, richText(l, i == 0 && b.Heading == ""))
		}
	}
	body := object{"type": "message", "attachments": []any{object{
		"contentType": "application/vnd.microsoft.card.adaptive",
		"content": object{
			"$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "type": "AdaptiveCard", "version": "1.4",
			"body": card, "msteams": object{"width": "Full"},
		},
	}}}
	text, _ := encode(body) // strings alone: nothing can fail
	return composed{body, [][2]int{{len(text), 27 << 10}}}
}

func richText(spans []news.Span, apart bool) object {
	runs := []any{}
	for _, s := range spans {
		run := object{"type": "TextRun", "text": s.Text}
		if s.Strong {
			run["weight"] = "Bolder"
		}
		if s.Link != "" {
			run["selectAction"] = object{"type": "Action.OpenUrl", "url": s.Link}
		}
		runs = append(runs, run)
	}
	block := object{"type": "RichTextBlock", "inlines": runs, "spacing": "None"}
	if apart {
		block["spacing"] = "Medium"
	}
	return block
}

// telegram is HTML of at most 4,096 characters after its entities are read, of which
// it regards 100; what is longer than 35,000 bytes with them it does not read.
func telegram(m message) composed {
	text := paragraphs(hypertext("\n"), m)
	entities := strings.Count(text, "<b>") + strings.Count(text, "<a ")
	return composed{
		object{
			"chat_id": m.to, "text": text, "parse_mode": "HTML",
			"link_preview_options": object{"is_disabled": true},
		},
		[][2]int{{units(paragraphs(plain, m)), 4096}, {entities, 100}, {len(text), 30000}},
	}
}

// ntfy is plain text of at most 4,096 bytes, with each block's address in a line of its
// own.
func ntfy(m message) composed {
	var parts []string
	body := object{"topic": m.to, "title": m.heading()}
	for _, b := range m.blocks {
		text := plain.block(b)
		if b.Link != "" {
			text += "\n" + b.Link
			if _, there := body["click"]; !there {
				body["click"] = b.Link
			}
		}
		parts = append(parts, text)
	}
	text := strings.Join(parts, "\n\n")
	body["message"] = text
	return composed{body, [][2]int{{len(text), 4096}}}
}

// matrix is a notice with an HTML form. An event may have 65,536 bytes, of which the
// server needs some; it mentions nobody.
func matrix(m message) composed {
	k := hypertext("<br>")
	rich := []string{"<b>" + k.escape(m.heading()) + "</b>"}
	for _, b := range m.blocks {
		rich = append(rich, k.block(b))
	}
	body := object{
		"msgtype": "m.notice", "body": paragraphs(plain, m), "m.mentions": object{},
		"format": "org.matrix.custom.html", "formatted_body": "<p>" + strings.Join(rich, "</p><p>") + "</p>",
	}
	text, _ := encode(body) // strings alone: nothing can fail
	return composed{body, [][2]int{{len(text), 48 << 10}}}
}

// paragraphs lays m out with an empty line between blocks.
func paragraphs(k markup, m message) string {
	parts := []string{k.bold(k.escape(m.heading()))}
	for _, b := range m.blocks {
		parts = append(parts, k.block(b))
	}
	return strings.Join(parts, k.br+k.br)
}
