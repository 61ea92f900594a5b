package org.votingapp.systemtests.pages;

import java.util.stream.Stream;
import org.votingapp.stack.LocalStack;

/** Every page in every state, for tests that look at all of them. */
final class PageStates {

    private final LocalStack stack;

    PageStates(LocalStack stack) {
        this.stack = stack;
    }

    Stream<PageState> all() {
        return Stream.of(
                        new VotingPageStates(stack).all(),
                        new ResultPageStates(stack).all(),
                        new RoomPageStates(stack).all(),
                        new ErrorPageStates(stack).all())
                .flatMap(each -> each);
    }
}
