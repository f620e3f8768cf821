CREATE TABLE `active_days` (
	`day` integer NOT NULL,
	`uid` integer NOT NULL,
	`staff` integer NOT NULL,
	PRIMARY KEY(`day`, `uid`)
);
--> statement-breakpoint
CREATE TABLE `admins` (
	`telegram_id` integer PRIMARY KEY NOT NULL,
	`role` text NOT NULL,
	`added_at` integer NOT NULL,
	`added_by` text NOT NULL,
	CONSTRAINT "admins_role" CHECK("admins"."role" in ('owner', 'manager', 'analyst'))
);
--> statement-breakpoint
CREATE TABLE `categories` (
	`id` text PRIMARY KEY NOT NULL,
	`titles` text NOT NULL,
	`position` integer NOT NULL,
	`active` integer DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE TABLE `cohort_cells` (
	`unit` text NOT NULL,
	`cohort` integer NOT NULL,
	`age` integer NOT NULL,
	`staff` integer NOT NULL,
	`people` integer NOT NULL,
	PRIMARY KEY(`unit`, `cohort`, `age`, `staff`)
);
--> statement-breakpoint
CREATE TABLE `credit_ledger` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` integer NOT NULL,
	`delta` integer NOT NULL,
	`balance` integer NOT NULL,
	`reason` text NOT NULL,
	`key` text NOT NULL,
	`payment_id` integer,
	`generation_id` integer,
	`at` integer NOT NULL,
	FOREIGN KEY (`uid`) REFERENCES `users`(`uid`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`payment_id`) REFERENCES `payments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`generation_id`) REFERENCES `generations`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "credit_ledger_balance" CHECK("credit_ledger"."balance" >= 0),
	CONSTRAINT "credit_ledger_delta" CHECK("credit_ledger"."delta" <> 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `credit_ledger_key_unique` ON `credit_ledger` (`key`);--> statement-breakpoint
CREATE INDEX `credit_ledger_person` ON `credit_ledger` (`uid`,`id`);--> statement-breakpoint
CREATE TABLE `day_cells` (
	`day` integer NOT NULL,
	`staff` integer NOT NULL,
	`active` integer NOT NULL,
	`new_users` integer NOT NULL,
	`wau_change` integer NOT NULL,
	`mau_change` integer NOT NULL,
	PRIMARY KEY(`day`, `staff`)
);
--> statement-breakpoint
CREATE TABLE `dialogues` (
	`uid` integer PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`uid`) REFERENCES `users`(`uid`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `effects` (
	`id` text PRIMARY KEY NOT NULL,
	`category_id` text,
	`titles` text NOT NULL,
	`credits` integer DEFAULT 1 NOT NULL,
	`prompt` text,
	`position` integer DEFAULT 0 NOT NULL,
	`active` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`category_id`) REFERENCES `categories`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "effects_credits" CHECK("effects"."credits" >= 0)
);
--> statement-breakpoint
CREATE TABLE `event_types` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `event_types_name_unique` ON `event_types` (`name`);--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` integer NOT NULL,
	`event_key` integer,
	`type` integer NOT NULL,
	`at` integer NOT NULL,
	`activity` integer NOT NULL,
	`props` text,
	FOREIGN KEY (`uid`) REFERENCES `users`(`uid`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`type`) REFERENCES `event_types`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `events_person` ON `events` (`uid`,`at`);--> statement-breakpoint
CREATE UNIQUE INDEX `events_key` ON `events` (`uid`,`event_key`);--> statement-breakpoint
CREATE TABLE `first_cells` (
	`day` integer NOT NULL,
	`quarter` integer NOT NULL,
	`staff` integer NOT NULL,
	`active` integer NOT NULL,
	`new_users` integer NOT NULL,
	PRIMARY KEY(`day`, `quarter`, `staff`)
);
--> statement-breakpoint
CREATE TABLE `generations` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` integer NOT NULL,
	`chat_id` integer NOT NULL,
	`effect_id` text NOT NULL,
	`status` text NOT NULL,
	`credits` integer NOT NULL,
	`input_file_id` text NOT NULL,
	`output_file_id` text,
	`error_type` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`requested_at` integer NOT NULL,
	`started_at` integer,
	`finished_at` integer,
	`processing_ms` integer,
	`answered_at` integer,
	FOREIGN KEY (`uid`) REFERENCES `users`(`uid`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`effect_id`) REFERENCES `effects`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "generations_status" CHECK("generations"."status" in ('queued', 'running', 'succeeded', 'failed')),
	CONSTRAINT "generations_credits" CHECK("generations"."credits" >= 0),
	CONSTRAINT "generations_finished" CHECK(("generations"."status" in ('succeeded', 'failed')) = ("generations"."finished_at" is not null))
);
--> statement-breakpoint
CREATE INDEX `generations_open` ON `generations` (`answered_at`,`status`);--> statement-breakpoint
CREATE INDEX `generations_person` ON `generations` (`uid`);--> statement-breakpoint
CREATE TABLE `inbox` (
	`update_id` integer PRIMARY KEY NOT NULL,
	`chat_id` integer,
	`status` text NOT NULL,
	`received_at` integer NOT NULL,
	`update` text NOT NULL,
	`result` text,
	`attempts` integer DEFAULT 0 NOT NULL,
	`error` text,
	CONSTRAINT "inbox_status" CHECK("inbox"."status" in ('received', 'applied', 'done'))
);
--> statement-breakpoint
CREATE INDEX `inbox_open` ON `inbox` (`status`,`update_id`);--> statement-breakpoint
CREATE TABLE `ingest_keys` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ingest_keys_hash_unique` ON `ingest_keys` (`hash`);--> statement-breakpoint
CREATE TABLE `job_runs` (
	`id` integer PRIMARY KEY NOT NULL,
	`job` text NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`error` text,
	`note` text
);
--> statement-breakpoint
CREATE INDEX `job_runs_job` ON `job_runs` (`job`,`started_at`);--> statement-breakpoint
CREATE TABLE `messages` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` integer NOT NULL,
	`direction` text NOT NULL,
	`at` integer NOT NULL,
	`text` text,
	`file_id` text,
	FOREIGN KEY (`uid`) REFERENCES `users`(`uid`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "messages_direction" CHECK("messages"."direction" in ('in', 'out'))
);
--> statement-breakpoint
CREATE INDEX `messages_person` ON `messages` (`uid`,`at`);--> statement-breakpoint
CREATE TABLE `packages` (
	`id` text PRIMARY KEY NOT NULL,
	`titles` text NOT NULL,
	`credits` integer,
	`amount` integer,
	`currency` text,
	`position` integer DEFAULT 0 NOT NULL,
	`active` integer DEFAULT false NOT NULL,
	CONSTRAINT "packages_price" CHECK(not "packages"."active" or ("packages"."amount" > 0 and "packages"."credits" > 0)),
	CONSTRAINT "packages_currency" CHECK(("packages"."amount" is null) = ("packages"."currency" is null))
);
--> statement-breakpoint
CREATE TABLE `panel_sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`telegram_id` integer NOT NULL,
	`first_name` text NOT NULL,
	`username` text,
	`created_at` integer NOT NULL,
	`renewed_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `panel_sessions_expiry` ON `panel_sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `payments` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` integer NOT NULL,
	`package_id` text NOT NULL,
	`status` text NOT NULL,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`method` text DEFAULT 'stars' NOT NULL,
	`invoice_id` text,
	`charge_id` text,
	`recurring` integer DEFAULT false NOT NULL,
	`subscription_until` integer,
	`reason` text,
	`reporting_amount` integer,
	`reporting_currency` text,
	`usd_cents` integer,
	`invoiced_at` integer,
	`pre_checkout_at` integer,
	`succeeded_at` integer,
	`failed_at` integer,
	`cancelled_at` integer,
	`expired_at` integer,
	`refunded_at` integer,
	FOREIGN KEY (`uid`) REFERENCES `users`(`uid`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`package_id`) REFERENCES `packages`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "payments_amount" CHECK("payments"."amount" >= 0),
	CONSTRAINT "payments_status" CHECK("payments"."status" in ('invoiced', 'pre_checkout', 'succeeded', 'refunded', 'failed', 'cancelled', 'expired')),
	CONSTRAINT "payments_paid" CHECK(("payments"."status" in ('succeeded', 'refunded')) = ("payments"."succeeded_at" is not null and "payments"."charge_id" is not null)),
	CONSTRAINT "payments_refunded" CHECK(("payments"."status" = 'refunded') = ("payments"."refunded_at" is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payments_chargeId_unique` ON `payments` (`charge_id`);--> statement-breakpoint
CREATE INDEX `payments_succeeded` ON `payments` (`succeeded_at`);--> statement-breakpoint
CREATE INDEX `payments_invoiced` ON `payments` (`invoiced_at`);--> statement-breakpoint
CREATE INDEX `payments_refunds` ON `payments` (`refunded_at`);--> statement-breakpoint
CREATE INDEX `payments_person` ON `payments` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `payments_invoice` ON `payments` (`uid`,`invoice_id`);--> statement-breakpoint
CREATE TABLE `person_states` (
	`uid` integer PRIMARY KEY NOT NULL,
	`staff` integer NOT NULL,
	`first_seen_at` integer,
	`first_active_at` integer,
	`last_active_at` integer,
	`last_at` integer NOT NULL,
	FOREIGN KEY (`uid`) REFERENCES `users`(`uid`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `person_states_active` ON `person_states` (`last_active_at`,`uid`);--> statement-breakpoint
CREATE INDEX `person_states_seen` ON `person_states` (`first_seen_at`,`uid`);--> statement-breakpoint
CREATE TABLE `quarter_cells` (
	`quarter` integer NOT NULL,
	`staff` integer NOT NULL,
	`activity` integer NOT NULL,
	`succeeded` integer NOT NULL,
	`failed` integer NOT NULL,
	PRIMARY KEY(`quarter`, `staff`)
);
--> statement-breakpoint
CREATE TABLE `referrals` (
	`invited` integer PRIMARY KEY NOT NULL,
	`referrer` integer NOT NULL,
	`at` integer NOT NULL,
	`activated_at` integer,
	`paid_at` integer,
	`credits_given` integer DEFAULT 0 NOT NULL,
	FOREIGN KEY (`invited`) REFERENCES `users`(`uid`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`referrer`) REFERENCES `users`(`uid`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "referrals_self" CHECK("referrals"."referrer" <> "referrals"."invited")
);
--> statement-breakpoint
CREATE INDEX `referrals_referrer` ON `referrals` (`referrer`);--> statement-breakpoint
CREATE TABLE `rollup_state` (
	`id` integer PRIMARY KEY NOT NULL,
	`watermark` integer NOT NULL,
	`zone` text NOT NULL,
	`week_start` text NOT NULL,
	`flushed_at` integer NOT NULL,
	CONSTRAINT "rollup_state_single" CHECK("rollup_state"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `type_cells` (
	`day` integer NOT NULL,
	`type` integer NOT NULL,
	`staff` integer NOT NULL,
	`events` integer NOT NULL,
	PRIMARY KEY(`day`, `type`, `staff`),
	FOREIGN KEY (`type`) REFERENCES `event_types`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `users` (
	`uid` integer PRIMARY KEY NOT NULL,
	`telegram_id` integer,
	`first_name` text,
	`username` text,
	`language_code` text,
	`locale` text,
	`source` text,
	`last_source` text,
	`source_at` integer,
	`last_source_at` integer,
	`referred_at` integer,
	`referred_by` integer,
	`test` integer DEFAULT false NOT NULL,
	`staff` integer DEFAULT false NOT NULL,
	`banned` integer DEFAULT false NOT NULL,
	`blocked_at` integer,
	`block_changed_at` integer,
	`credits` integer,
	`credits_at` integer,
	`credits_event` integer,
	`purchases` integer DEFAULT 0 NOT NULL,
	`generations` integer DEFAULT 0 NOT NULL,
	`usd_cents` integer DEFAULT 0 NOT NULL,
	`tier` text DEFAULT 'new' NOT NULL,
	`props` text NOT NULL,
	`search` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`referred_by`) REFERENCES `users`(`uid`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "users_credits" CHECK("users"."credits" >= 0),
	CONSTRAINT "users_self_referral" CHECK("users"."referred_by" <> "users"."uid"),
	CONSTRAINT "users_tier" CHECK("users"."tier" in ('new', 'regular', 'vip', 'premium'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_telegramId_unique` ON `users` (`telegram_id`);--> statement-breakpoint
CREATE TABLE `waiting_refunds` (
	`charge_id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
