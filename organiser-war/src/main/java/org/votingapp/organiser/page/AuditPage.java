package org.votingapp.organiser.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import org.votingapp.organiser.account.CurrentOrganiser;
import org.votingapp.organiser.desk.AuditLog;
import org.votingapp.organiser.store.AuditRow;
import org.votingapp.poll.RoomCode;
import org.votingapp.web.language.PageText;

/** The backing bean of {@code audit.xhtml}: what organisers did, in one room or in all. */
@Named
@RequestScoped
public class AuditPage {

    private static final int MOST_SHOWN = 200;

    @Inject
    private PageAnswer answer;

    @Inject
    private CurrentOrganiser current;

    @Inject
    private AuditLog audit;

    @Inject
    private RoomList list;

    @Inject
    private PageText text;

    private List<AuditRow> rows = List.of();

    /** Reads the newest entries. */
    public void prepare() {
        answer.answer(() -> answer.refuse(400, "refused.unknown"), () -> {
            Optional<RoomCode> room =
                    answer.parameter("code").isEmpty() ? Optional.empty() : Optional.of(answer.room("code"));
            room.ifPresent(list::choose);
            rows = audit.entries(current.organiser(), room, MOST_SHOWN);
        });
    }

    /** The newest entries. */
    public List<AuditRow> getRows() {
        return rows;
    }

    /** What was before an act, in words; empty where nothing was. */
    public List<AuditWords.Part> before(AuditRow row) {
        return new AuditWords(text).before(row.action(), row.before(), row.after());
    }

    /** What is after an act, in words; empty where nothing is. */
    public List<AuditWords.Part> after(AuditRow row) {
        return new AuditWords(text).after(row.action(), row.before(), row.after());
    }

    /** The address of the page. */
    public String getAddress() {
        return "audit" + query();
    }

    /** The address of the same as CSV. */
    public String getCsv() {
        return "audit.csv" + query();
    }

    private String query() {
        return list.getRoom() == null ? "" : "?code=" + list.getRoom().code();
    }
}
