package org.votingapp.organiser.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.votingapp.organiser.account.CurrentOrganiser;
import org.votingapp.organiser.account.Organiser;
import org.votingapp.organiser.csv.CsvText;
import org.votingapp.organiser.desk.CodeDesk;
import org.votingapp.organiser.desk.CodesView;
import org.votingapp.organiser.form.CodesForm;
import org.votingapp.organiser.form.Forms;
import org.votingapp.poll.VoterCode;
import org.votingapp.web.VotingCode;
import org.votingapp.web.language.PageText;

/**
 * The backing bean of {@code codes.xhtml}: the voter codes of a poll. New ones are in the answer to their form, as a sheet to print
 * and as a file, and nowhere else.
 */
@Named
@RequestScoped
public class CodesPage {

    /** The most codes on a sheet, which has a picture for each. More are in the file alone. */
    static final int MOST_PRINTED = 500;

    private static final int BAD_REQUEST = 400;
    private static final int USUAL = 20;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    @Inject
    private PageAnswer answer;

    @Inject
    private CurrentOrganiser current;

    @Inject
    private CodeDesk codes;

    @Inject
    private RoomList list;

    @Inject
    private PublicLinks links;

    @Inject
    private Forms forms;

    @Inject
    private PageText text;

    private final CodesForm form = new CodesForm();
    private List<VoterCode> made = List.of();
    private List<Voucher> vouchers = List.of();
    private CodesView view;

    /**
     * A code to cut out.
     *
     * @param code as people read it
     * @param picture its link as a QR code, as SVG; empty where no setting tells the address of the voting page
     */
    public record Voucher(String code, String picture) {}

    /** Makes or revokes codes, where a form asks for it, and reads how many there are. */
    public void prepare() {
        form.setCodes(USUAL);
        answer.answer(this::act, () -> {
            view = codes.codes(current.organiser(), answer.parameter("id"));
            vouchers = vouchers();
            list.choose(view.poll().room());
        });
    }

    private void act() {
        Organiser organiser = current.organiser();
        String id = answer.parameter("id");
        if (!answer.parameter("revoke").isEmpty()) {
            codes.revoke(organiser, id, answer.parameter("revoke"));
            answer.goTo("codes?id=" + id);
            return;
        }
        form.setCodes(
                NUMBER.matcher(answer.parameter("codes")).matches() ? Integer.parseInt(answer.parameter("codes")) : 0);
        Map<String, String> faults = forms.faults(form);
        if (faults.isEmpty()) {
            made = codes.make(organiser, id, form).codes();
        } else {
            answer.refuse(BAD_REQUEST, faults.values().iterator().next());
        }
    }

    /** What the form says. */
    public CodesForm getForm() {
        return form;
    }

    /** The poll and its codes, as numbers. */
    public CodesView getView() {
        return view;
    }

    /** Whether codes were just made. */
    public boolean isFresh() {
        return !made.isEmpty();
    }

    /** The codes that were just made, to be printed; none where they are too many. */
    public List<Voucher> getVouchers() {
        return vouchers;
    }

    private List<Voucher> vouchers() {
        return made.size() > MOST_PRINTED
                ? List.of()
                : made.stream()
                        .map(code -> new Voucher(code.written(), picture(link(code))))
                        .toList();
    }

    private static String picture(String link) {
        return link.isEmpty() ? "" : VotingCode.svg(link);
    }

    private String link(VoterCode code) {
        return links.voteWith(view.poll().room(), code);
    }

    /** The codes that were just made as the address of a file, which holds the file itself: no server keeps it. */
    public String getFile() {
        CsvText csv = new CsvText().line(List.of("code", "link"));
        made.forEach(code -> csv.line(List.of(code.written(), link(code))));
        return "data:text/csv;charset=utf-8;base64,"
                + Base64.getEncoder().encodeToString(csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** How many codes have voted, in words. */
    public String getTurnout() {
        return text.of(text.sentence("organiser", "codes.turnout"), view.poll().total(), view.made());
    }
}
