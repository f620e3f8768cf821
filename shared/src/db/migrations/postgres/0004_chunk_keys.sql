CREATE TABLE "chunk_keys" (
	"chunk" bigint PRIMARY KEY NOT NULL,
	"keys" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "chunk_keys" ADD CONSTRAINT "chunk_keys_chunk_event_chunks_id_fk" FOREIGN KEY ("chunk") REFERENCES "public"."event_chunks"("id") ON DELETE cascade ON UPDATE no action;