SELECT coalesce(string_agg(concat_ws(E'\t', poll_id, choice, coalesce(counted, 0), coalesce(votes, 0)), E'\n'
                           ORDER BY poll_id COLLATE "C", choice COLLATE "C"), '')
FROM (SELECT poll_id, choice, count(*) AS counted FROM public.ballot GROUP BY poll_id, choice) AS recount
FULL JOIN public.tally USING (poll_id, choice)
-- Not those whose ballots are deleted (BALLOT_RETENTION). By JSON, since older backups have no such column.
WHERE NOT EXISTS (
    SELECT FROM public.poll WHERE id = poll_id AND to_jsonb(poll.*) ->> 'ballots_deleted_at' IS NOT NULL
)
