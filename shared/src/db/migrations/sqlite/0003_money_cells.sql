CREATE TABLE `money_cells` (
	`generation` integer NOT NULL,
	`day` integer NOT NULL,
	`staff` integer NOT NULL,
	`currency` text NOT NULL,
	`gross` integer NOT NULL,
	`refunds` integer NOT NULL,
	PRIMARY KEY(`generation`, `day`, `staff`, `currency`)
);
--> statement-breakpoint
CREATE TABLE `payer_days` (
	`generation` integer NOT NULL,
	`day` integer NOT NULL,
	`staff` integer NOT NULL,
	`uids` blob NOT NULL,
	PRIMARY KEY(`generation`, `day`, `staff`)
);
--> statement-breakpoint
CREATE TABLE `payment_changes` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `rollup_state` ADD `payment_change` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
DELETE FROM `rollup_state`;
--> statement-breakpoint
CREATE TRIGGER `payments_inserted` AFTER INSERT ON `payments` BEGIN
	INSERT INTO `payment_changes` (`at`) SELECT new.`succeeded_at` WHERE new.`succeeded_at` IS NOT NULL;
	INSERT INTO `payment_changes` (`at`) SELECT new.`refunded_at` WHERE new.`refunded_at` IS NOT NULL;
END;
--> statement-breakpoint
CREATE TRIGGER `payments_updated` AFTER UPDATE ON `payments` BEGIN
	INSERT INTO `payment_changes` (`at`) SELECT old.`succeeded_at` WHERE old.`succeeded_at` IS NOT NULL AND old.`succeeded_at` IS NOT new.`succeeded_at`;
	INSERT INTO `payment_changes` (`at`) SELECT new.`succeeded_at` WHERE new.`succeeded_at` IS NOT NULL;
	INSERT INTO `payment_changes` (`at`) SELECT old.`refunded_at` WHERE old.`refunded_at` IS NOT NULL AND old.`refunded_at` IS NOT new.`refunded_at`;
	INSERT INTO `payment_changes` (`at`) SELECT new.`refunded_at` WHERE new.`refunded_at` IS NOT NULL;
END;
--> statement-breakpoint
CREATE TRIGGER `payments_deleted` AFTER DELETE ON `payments` BEGIN
	INSERT INTO `payment_changes` (`at`) SELECT old.`succeeded_at` WHERE old.`succeeded_at` IS NOT NULL;
	INSERT INTO `payment_changes` (`at`) SELECT old.`refunded_at` WHERE old.`refunded_at` IS NOT NULL;
END;
