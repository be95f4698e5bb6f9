package news

import "time"

// Delivery is one Digest to one recipient of one Channel. Its ID and Payload are
// fixed when it is saved, so every attempt sends the same bytes under the same name.
type Delivery struct {
	ID        string // stable; carried as Message-ID or webhook-id
	Slot      Slot
	Channel   string
	Recipient string // address, URL or directory; never a secret
	State     DeliveryState
	Payload   []byte
	MediaType string // of Payload
	Created   time.Time
	Next      time.Time // not before this
	Taken     int       `json:",omitempty"` // of a delivery that is several messages, how many were taken
	Attempts  []DeliveryAttempt
}

// DeliveryState is where a delivery stands.
type DeliveryState string

// The states. A delivery found Sending at start was cut off: its outcome is
// unknown, and it is sent again under the same ID.
const (
	DeliveryPending DeliveryState = "pending"
	DeliverySending DeliveryState = "sending"
	DeliverySent    DeliveryState = "sent"
	DeliveryFailed  DeliveryState = "failed"  // for good: needs a person
	DeliveryDropped DeliveryState = "dropped" // given up by a person
)

// DeliveryAttempt is one try, with the server's own words.
type DeliveryAttempt struct {
	At    time.Time
	Took  time.Duration
	Reply string // what the receiver answered
	Error string // "" when it was taken
}

// Closure says that the receiver of a channel is gone: nothing is sent through the
// channel while its settings are the same.
type Closure struct {
	Channel  string
	Settings string // names the settings that are closed, and gives none of them away
	Since    time.Time
	Reason   string // the receiver's words
}

// Recipient is where one delivery of an edition goes, before anything is composed.
type Recipient struct {
	ID      string // the id the delivery will have
	Channel string
	To      string // address, URL, or name of a form
	Made    time.Time
}
