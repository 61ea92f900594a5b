-- When a worker found a closed poll's ballots all recorded. The result is final where that is not before closes, so that a worker from
-- before this column, which moves closes and leaves it as it is, leaves no poll final that is open.

ALTER TABLE poll ADD COLUMN final_at timestamptz;
