-- The language of a poll's question and labels, as a language tag (BCP 47). A worker from before this column leaves it as it is.

ALTER TABLE poll ADD COLUMN language text NOT NULL DEFAULT 'en';
