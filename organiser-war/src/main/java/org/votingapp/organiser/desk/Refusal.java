package org.votingapp.organiser.desk;

import java.util.Locale;

/** Why something is not done. */
public enum Refusal {
    /** The poll takes votes already. */
    OPEN_ALREADY("refused.open"),
    /** The poll does not take votes. */
    NOT_OPEN("refused.notOpen"),
    /** The poll has no closing time that could move. */
    NO_CLOSING_TIME("refused.noClosing"),
    /** Its ballots are deleted, so that whoever has voted could vote again. */
    BALLOTS_DELETED("refused.deleted"),
    /** The poll is archived. */
    ARCHIVED("refused.archived"),
    /** The poll is not archived. */
    NOT_ARCHIVED("refused.notArchived"),
    /** The room is archived. */
    ROOM_ARCHIVED("refused.roomArchived"),
    /** The room is not archived. */
    ROOM_NOT_ARCHIVED("refused.roomNotArchived"),
    /** The poll takes votes, and must be closed first. */
    OPEN_STILL("refused.openStill"),
    /** Voters were told that the result does not show before voting closes. */
    NOT_CLOSED("refused.notClosed"),
    /** An earlier change is not in effect yet. */
    NOT_IN_EFFECT("refused.pending"),
    /** People may have voted by this question. */
    FIXED_QUESTION("refused.fixed"),
    /** People may have voted by these options. */
    FIXED_OPTIONS("refused.fixed"),
    /** A corrected label must be the same with slips mended. */
    FIXED_LABEL("refused.fixed"),
    /** People may have voted by this language. */
    FIXED_LANGUAGE("refused.fixed"),
    /** People may have voted by this rule for further votes. */
    FIXED_REVOTE("refused.fixed"),
    /** People may have voted by this time of opening. */
    FIXED_OPENS("refused.fixed"),
    /** People may have voted when the result showed later. */
    FIXED_RESULTS("refused.fixed"),
    /** People may have voted with codes, or without. */
    FIXED_CODES("refused.fixed"),
    /** The poll takes votes with codes alone, and has none yet, or the cast script does not know yet. */
    CODES_FIRST("refused.codesFirst"),
    /** The poll takes votes without codes. */
    WITHOUT_CODES("refused.withoutCodes"),
    /** The poll has as many codes as one may have. */
    TOO_MANY_CODES("refused.many"),
    /** Voting has closed; opening again is an act of its own. */
    FIXED_CLOSES("refused.fixed"),
    /** The closing time is in the past. */
    CLOSES_IN_PAST("refused.past"),
    /** The house room is its configuration's. */
    HOUSE("refused.house"),
    /** The organiser has as many rooms as one may have. */
    TOO_MANY_ROOMS("refused.many"),
    /** The room has as many polls as one may have. */
    TOO_MANY_POLLS("refused.many"),
    /** The organiser has as many tokens as one may have. */
    TOO_MANY_TOKENS("refused.many"),
    /** Ballots may still come; until the result is final they are nobody's to read. */
    BALLOTS_NOT_FINAL("refused.ballotsNotFinal"),
    /** Its ballots are deleted, so that there are none to read. */
    BALLOTS_GONE("refused.ballotsGone"),
    /** This server hands out one poll's ballots at a time. */
    EXPORTING("refused.exporting"),
    /** Its ballots are being counted anew. */
    RECOUNT_RUNNING("refused.recount"),
    /** The code that was typed is not the room's. */
    OTHER_CODE("refused.code");

    private final String key;

    Refusal(String key) {
        this.key = key;
    }

    /** The key of the sentence for people, in the bundle {@code organiser}. */
    public String key() {
        return key;
    }

    /** Its name for programs, such as {@code open-already}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
