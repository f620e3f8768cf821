<?php
// Sends events to Botdeck. PHP 8, no extension beyond json and openssl.
//
// BOTDECK_URL=https://panel.example.org BOTDECK_KEY=… php ingest.php

declare(strict_types=1);

const MOST = 1000; // events or users of one request

/** Posts one batch until it is stored. Events have ids, so that posting again adds nothing. */
function post(array $batch, int $tries = 8): array
{
    $url = rtrim(getenv('BOTDECK_URL'), '/') . '/api/ingest';
    $http = [
        'method' => 'POST',
        'header' => ['Authorization: Bearer ' . getenv('BOTDECK_KEY'), 'Content-Type: application/json'],
        'content' => json_encode($batch, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE),
        'ignore_errors' => true,
        'timeout' => 30,
    ];
    for ($attempt = 0; $attempt < $tries; $attempt++) {
        $wait = min(60, 2 ** $attempt);
        $http_response_header = [];
        $answer = @file_get_contents($url, false, stream_context_create(['http' => $http]));
        $status = (int) (explode(' ', $http_response_header[0] ?? '')[1] ?? 0);
        if ($status === 200) {
            return json_decode($answer, true, flags: JSON_THROW_ON_ERROR);
        }
        if ($status >= 400 && $status < 500 && $status !== 429) {
            throw new RuntimeException("refused with $status: $answer");
        }
        foreach ($http_response_header as $header) {
            if (stripos($header, 'Retry-After:') === 0) {
                $wait = (int) trim(substr($header, 12));
            }
        }
        sleep($wait);
    }
    throw new RuntimeException('the server could not be reached');
}

/** Sends any number of events in batches; says what was rejected, which posting again does not mend. */
function send(array $events, array $users = []): array
{
    $total = ['accepted' => 0, 'duplicates' => 0];
    for ($start = 0; $start < max(count($events), count($users)); $start += MOST) {
        $batch = ['users' => array_slice($users, $start, MOST), 'events' => array_slice($events, $start, MOST)];
        $answer = post($batch);
        foreach ($answer['rejected'] as $fault) {
            echo "rejected: {$fault['kind']} ", $start + $fault['index'], " {$fault['message']}\n";
        }
        foreach (array_keys($total) as $count) {
            $total[$count] += $answer[$count];
        }
    }
    return $total;
}

$now = gmdate('Y-m-d\TH:i:s\Z');
$users = [['id' => 42, 'firstName' => 'Ann', 'languageCode' => 'en', 'props' => ['plan' => 'pro']]];
$order = ['packageId' => 'pro', 'amount' => 250, 'currency' => 'XTR', 'chargeId' => 'php-9'];
$event = fn (string $id, string $type, array $props) =>
    ['id' => $id, 'userId' => 42, 'type' => $type, 'at' => $now, 'props' => $props];
$events = [
    $event('php-start-1', 'started', ['payload' => 'src_news']),
    $event('php-order-9', 'payment_completed', $order),
];
for ($song = 0; $song < 1200; $song++) {
    $events[] = $event("php-play-$song", 'song_played', ['title' => "Song $song"]);
}
vprintf("%d accepted, %d duplicates\n", send($events, $users));
