CREATE TABLE `chunk_codes` (
	`chunk` integer NOT NULL,
	`key` text NOT NULL,
	`width` integer NOT NULL,
	`codes` blob NOT NULL,
	PRIMARY KEY(`chunk`, `key`),
	FOREIGN KEY (`chunk`) REFERENCES `event_chunks`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `columns_state` (
	`id` integer PRIMARY KEY NOT NULL,
	`sealed_id` integer NOT NULL,
	CONSTRAINT "columns_state_single" CHECK("columns_state"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE `event_chunks` (
	`id` integer PRIMARY KEY NOT NULL,
	`day` integer NOT NULL,
	`type` integer NOT NULL,
	`events` integer NOT NULL,
	`first_id` integer NOT NULL,
	`last_id` integer NOT NULL,
	`uids` blob NOT NULL,
	`times` blob NOT NULL,
	`activity` blob,
	`all_activity` integer,
	`ids` blob NOT NULL,
	FOREIGN KEY (`type`) REFERENCES `event_types`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `event_chunks_day` ON `event_chunks` (`day`,`type`);--> statement-breakpoint
CREATE INDEX `event_chunks_type` ON `event_chunks` (`type`,`day`);--> statement-breakpoint
CREATE TABLE `experiments` (
	`key` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`variants` text NOT NULL,
	`goal` text NOT NULL,
	`goal_window` integer NOT NULL,
	`sample_size` integer NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	CONSTRAINT "experiments_window" CHECK("experiments"."goal_window" > 0),
	CONSTRAINT "experiments_sample" CHECK("experiments"."sample_size" > 0)
);
--> statement-breakpoint
CREATE TABLE `property_values` (
	`code` integer PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `property_values_value_unique` ON `property_values` (`value`);--> statement-breakpoint
CREATE TABLE `saved_segments` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`conditions` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `saved_segments_name_unique` ON `saved_segments` (`name`);--> statement-breakpoint
CREATE TABLE `user_changes` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` integer NOT NULL
);
--> statement-breakpoint
CREATE TRIGGER `users_inserted` AFTER INSERT ON `users` BEGIN
	INSERT INTO `user_changes` (`uid`) VALUES (new.`uid`);
END;
--> statement-breakpoint
CREATE TRIGGER `users_updated` AFTER UPDATE ON `users` BEGIN
	INSERT INTO `user_changes` (`uid`) VALUES (new.`uid`);
END;
