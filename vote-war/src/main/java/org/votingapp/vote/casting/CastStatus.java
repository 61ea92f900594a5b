package org.votingapp.vote.casting;

/** What became of a vote that somebody wanted to cast. */
public enum CastStatus {
    /** The voter's first ballot in this poll was taken. */
    RECORDED,
    /** The poll is changeable, and the ballot replaced an older one. */
    CHANGED,
    /** The choice on record stands; this one is not registered. */
    ALREADY_VOTED,
    /** The poll has no such option. */
    UNKNOWN_CHOICE,
    /** The poll opens later. */
    NOT_YET_OPEN,
    /** The poll has closed. */
    CLOSED,
    /** The poll is no longer on stage in the room from whose page the vote came. */
    LEFT_STAGE,
    /** The poll's rules or this option have not reached the ballot box, or it lost them; a worker publishes them within seconds. */
    UNPUBLISHED,
    /** The poll takes votes with a code alone, and this was none, or none of its codes. */
    WRONG_CODE,
    /** Too many votes came from this address within a minute. */
    TOO_MANY,
    /** No answer came in time; the voter may try again. */
    UNAVAILABLE
}
