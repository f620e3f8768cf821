// Sends events to Botdeck. Go 1.18 or newer, standard library alone.
//
//	BOTDECK_URL=https://panel.example.org BOTDECK_KEY=… go run ingest.go
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

const most = 1000 // events or users of one request

type props map[string]any

type event struct {
	ID     string    `json:"id"`
	UserID int64     `json:"userId"`
	Type   string    `json:"type"`
	At     time.Time `json:"at"`
	Props  props     `json:"props,omitempty"`
}

type user struct {
	ID           int64  `json:"id"`
	FirstName    string `json:"firstName,omitempty"`
	LanguageCode string `json:"languageCode,omitempty"`
	Props        props  `json:"props,omitempty"`
}

type answer struct {
	Accepted   int `json:"accepted"`
	Duplicates int `json:"duplicates"`
	Rejected   []struct {
		Index   int    `json:"index"`
		Kind    string `json:"kind"`
		Message string `json:"message"`
	} `json:"rejected"`
}

var client = http.Client{Timeout: 30 * time.Second}

// try posts one batch once. A wait of -1 means that posting again does not mend it.
func try(body []byte) (result answer, wait time.Duration, err error) {
	url := strings.TrimRight(os.Getenv("BOTDECK_URL"), "/") + "/api/ingest"
	request, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return result, -1, err
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("BOTDECK_KEY"))
	request.Header.Set("Content-Type", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return result, 0, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return result, 0, err
	}
	if response.StatusCode == http.StatusOK {
		return result, 0, json.Unmarshal(text, &result)
	}
	err = fmt.Errorf("refused with %d: %s", response.StatusCode, text)
	if response.StatusCode < 500 && response.StatusCode != http.StatusTooManyRequests {
		return result, -1, err
	}
	seconds, _ := strconv.Atoi(response.Header.Get("Retry-After"))
	return result, time.Duration(seconds) * time.Second, err
}

// post posts one batch until it is stored. Events have ids, so that posting again adds nothing.
func post(users []user, events []event) (result answer, err error) {
	body, err := json.Marshal(map[string]any{"users": users, "events": events})
	if err != nil {
		return result, err
	}
	for attempt := 0; attempt < 8; attempt++ {
		var wait time.Duration
		if result, wait, err = try(body); err == nil || wait < 0 {
			return result, err
		}
		if wait == 0 {
			wait = time.Duration(1<<attempt) * time.Second
		}
		time.Sleep(wait)
	}
	return result, err
}

func cut[T any](list []T, start int) []T {
	end := min(start+most, len(list))
	return append([]T{}, list[min(start, end):end]...)
}

func min(a, b int) int {
	if a < b {
		return a
	}
	return b
}

// send sends any number of events in batches, and says what was rejected.
func send(users []user, events []event) (total answer, err error) {
	for start := 0; start < len(events) || start < len(users); start += most {
		stored, err := post(cut(users, start), cut(events, start))
		if err != nil {
			return total, err
		}
		for _, fault := range stored.Rejected {
			fmt.Println("rejected:", fault.Kind, start+fault.Index, fault.Message)
		}
		total.Accepted += stored.Accepted
		total.Duplicates += stored.Duplicates
	}
	return total, nil
}

func main() {
	now := time.Now().UTC()
	users := []user{{ID: 42, FirstName: "Ann", LanguageCode: "en", Props: props{"plan": "pro"}}}
	order := props{"packageId": "pro", "amount": 250, "currency": "XTR", "chargeId": "go-9"}
	events := []event{
		{ID: "go-start-1", UserID: 42, Type: "started", At: now, Props: props{"payload": "src_news"}},
		{ID: "go-order-9", UserID: 42, Type: "payment_completed", At: now, Props: order},
	}
	for song := 0; song < 1200; song++ {
		title := props{"title": fmt.Sprint("Song ", song)}
		events = append(events, event{fmt.Sprint("go-play-", song), 42, "song_played", now, title})
	}
	total, err := send(users, events)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("%d accepted, %d duplicates\n", total.Accepted, total.Duplicates)
}
