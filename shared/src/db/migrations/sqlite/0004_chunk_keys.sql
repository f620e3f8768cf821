CREATE TABLE `chunk_keys` (
	`chunk` integer PRIMARY KEY NOT NULL,
	`keys` text NOT NULL,
	FOREIGN KEY (`chunk`) REFERENCES `event_chunks`(`id`) ON UPDATE no action ON DELETE cascade
);
