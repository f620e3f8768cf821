"""Sends events to Botdeck. Python 3.8 or newer, nothing to install.

BOTDECK_URL=https://panel.example.org BOTDECK_KEY=… python3 ingest.py
"""

import json
import os
import time
import urllib.error
import urllib.request

URL = os.environ["BOTDECK_URL"].rstrip("/") + "/api/ingest"
KEY = os.environ["BOTDECK_KEY"]
MOST = 1000  # events or users of one request


def post(batch, tries=8):
    """Posts one batch until it is stored. Events have ids, so that posting again adds nothing."""
    body = json.dumps(batch).encode()
    headers = {"Authorization": "Bearer " + KEY, "Content-Type": "application/json"}
    for attempt in range(tries):
        wait = min(60, 2**attempt)
        try:
            with urllib.request.urlopen(urllib.request.Request(URL, body, headers), timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code != 429 and error.code < 500:
                raise RuntimeError(f"refused with {error.code}: {error.read().decode()}") from error
            wait = float(error.headers.get("Retry-After") or wait)
        except (urllib.error.URLError, OSError):
            pass  # The server cannot be reached, or did not answer in time.
        time.sleep(wait)
    raise RuntimeError("the server could not be reached")


def send(events, users=()):
    """Sends any number of events in batches; says what was rejected, which posting again does not mend."""
    total = {"accepted": 0, "duplicates": 0}
    for start in range(0, max(len(events), len(users)), MOST):
        batch = {"users": list(users[start : start + MOST]), "events": events[start : start + MOST]}
        answer = post(batch)
        for fault in answer["rejected"]:
            print("rejected:", fault["kind"], start + fault["index"], fault["message"])
        for count in total:
            total[count] += answer[count]
    return total


if __name__ == "__main__":
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    users = [{"id": 42, "firstName": "Ann", "languageCode": "en", "props": {"plan": "pro"}}]
    order = {"packageId": "pro", "amount": 250, "currency": "XTR", "chargeId": "py-9"}
    events = [
        {"id": "py-start-1", "userId": 42, "type": "started", "at": now, "props": {"payload": "src_news"}},
        {"id": "py-order-9", "userId": 42, "type": "payment_completed", "at": now, "props": order},
    ]
    for song in range(1200):
        played = {"title": f"Song {song}"}
        events.append({"id": f"py-play-{song}", "userId": 42, "type": "song_played", "at": now, "props": played})
    print("{accepted} accepted, {duplicates} duplicates".format(**send(events, users)))
