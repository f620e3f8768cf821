DROP TABLE `active_days`;--> statement-breakpoint
DROP TABLE `cohort_cells`;--> statement-breakpoint
DROP TABLE `day_cells`;--> statement-breakpoint
DROP TABLE `first_cells`;--> statement-breakpoint
DROP TABLE `person_states`;--> statement-breakpoint
DROP TABLE `quarter_cells`;--> statement-breakpoint
DROP TABLE `rollup_state`;--> statement-breakpoint
DROP TABLE `type_cells`;--> statement-breakpoint
CREATE TABLE `active_days` (
	`generation` integer NOT NULL,
	`day` integer NOT NULL,
	`staff` integer NOT NULL,
	`uids` blob NOT NULL,
	PRIMARY KEY(`generation`, `day`, `staff`)
);
--> statement-breakpoint
CREATE TABLE `cell_generations` (
	`generation` integer PRIMARY KEY NOT NULL,
	`made_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `cohort_cells` (
	`generation` integer NOT NULL,
	`unit` text NOT NULL,
	`cohort` integer NOT NULL,
	`age` integer NOT NULL,
	`staff` integer NOT NULL,
	`people` integer NOT NULL,
	PRIMARY KEY(`generation`, `unit`, `cohort`, `age`, `staff`)
);
--> statement-breakpoint
CREATE TABLE `day_cells` (
	`generation` integer NOT NULL,
	`day` integer NOT NULL,
	`staff` integer NOT NULL,
	`active` integer NOT NULL,
	`new_users` integer NOT NULL,
	`wau_change` integer NOT NULL,
	`mau_change` integer NOT NULL,
	PRIMARY KEY(`generation`, `day`, `staff`)
);
--> statement-breakpoint
CREATE TABLE `first_cells` (
	`generation` integer NOT NULL,
	`day` integer NOT NULL,
	`quarter` integer NOT NULL,
	`staff` integer NOT NULL,
	`active` integer NOT NULL,
	`new_users` integer NOT NULL,
	PRIMARY KEY(`generation`, `day`, `quarter`, `staff`)
);
--> statement-breakpoint
CREATE TABLE `person_states` (
	`uid` integer PRIMARY KEY NOT NULL,
	`staff` integer NOT NULL,
	`first_seen_at` integer,
	`first_active_at` integer,
	`last_active_at` integer,
	FOREIGN KEY (`uid`) REFERENCES `users`(`uid`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `person_states_active` ON `person_states` (`last_active_at`,`uid`);--> statement-breakpoint
CREATE INDEX `person_states_seen` ON `person_states` (`first_seen_at`,`uid`);--> statement-breakpoint
CREATE TABLE `quarter_cells` (
	`generation` integer NOT NULL,
	`quarter` integer NOT NULL,
	`staff` integer NOT NULL,
	`activity` integer NOT NULL,
	`succeeded` integer NOT NULL,
	`failed` integer NOT NULL,
	PRIMARY KEY(`generation`, `quarter`, `staff`)
);
--> statement-breakpoint
CREATE TABLE `rollup_state` (
	`id` integer PRIMARY KEY NOT NULL,
	`generation` integer NOT NULL,
	`watermark` integer NOT NULL,
	`user_change` integer NOT NULL,
	`zone` text NOT NULL,
	`week_start` text NOT NULL,
	`flushed_at` integer NOT NULL,
	CONSTRAINT "rollup_state_single" CHECK("rollup_state"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE `segment_cells` (
	`generation` integer NOT NULL,
	`staff` integer NOT NULL,
	`day` integer NOT NULL,
	`flags` integer NOT NULL,
	`people` integer NOT NULL,
	PRIMARY KEY(`generation`, `staff`, `day`, `flags`)
);
--> statement-breakpoint
CREATE TABLE `type_cells` (
	`generation` integer NOT NULL,
	`day` integer NOT NULL,
	`type` integer NOT NULL,
	`staff` integer NOT NULL,
	`events` integer NOT NULL,
	PRIMARY KEY(`generation`, `day`, `type`, `staff`),
	FOREIGN KEY (`type`) REFERENCES `event_types`(`id`) ON UPDATE no action ON DELETE no action
);
