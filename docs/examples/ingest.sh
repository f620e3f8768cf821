#!/bin/sh
# Sends one batch to Botdeck with curl 7.76 or newer, which tries again by itself after 429 and 5xx and waits as long as
# Retry-After says. Events have ids, so that posting again adds nothing.
#
# BOTDECK_URL=https://panel.example.org BOTDECK_KEY=… sh ingest.sh
set -eu

now=$(date -u +%Y-%m-%dT%H:%M:%SZ)

curl --silent --show-error --fail-with-body --max-time 30 --retry 8 --retry-connrefused \
  --header "Authorization: Bearer $BOTDECK_KEY" --header 'Content-Type: application/json' \
  --data-binary @- "${BOTDECK_URL%/}/api/ingest" <<BATCH
{
  "users": [{ "id": 42, "firstName": "Ann", "languageCode": "en", "props": { "plan": "pro" } }],
  "events": [
    { "id": "sh-start-1", "userId": 42, "type": "started", "at": "$now", "props": { "payload": "src_news" } },
    { "id": "sh-order-9", "userId": 42, "type": "payment_completed", "at": "$now",
      "props": { "packageId": "pro", "amount": 250, "currency": "XTR", "chargeId": "sh-9" } },
    { "id": "sh-play-1", "userId": 42, "type": "song_played", "at": "$now", "props": { "title": "Hey" } }
  ]
}
BATCH
