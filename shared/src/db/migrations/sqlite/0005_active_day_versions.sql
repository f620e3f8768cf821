ALTER TABLE `active_days` ADD `version` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `active_days_versions` ON `active_days` (`generation`,`day`,`staff`,`version`);