package org.votingapp.stack.liberty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibertyLogTest {

    @TempDir
    private Path folder;

    @Test
    void aStartWithoutMistakesIsNoTrouble() throws IOException {
        assertThat(troubleIn("[AUDIT   ] CWWKZ0001I: Application vote started in 2.1 seconds."))
                .isEmpty();
    }

    @Test
    void aServerThatWroteNothingYetIsNoTrouble() {
        assertThat(new LibertyLog(folder.resolve("absent.log")).trouble()).isEmpty();
    }

    /** It is looked at ten times a second while a server starts. */
    @Test
    void aLongLogIsReadInAMoment() throws IOException {
        String line = "[INFO    ] a server that has not started yet says this and that\n";
        assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(troubleIn(line.repeat(50_000))).isEmpty());
    }

    @Test
    void anInvalidSettingIsTheReasonWhereThereIsOne() throws IOException {
        assertThat(troubleIn("""
                        [ERROR   ] CWWKZ0002E: An exception occurred while starting the application vote. The exception message was: a.StateChangeException: b.WeldException: failed
                        Caused by: org.votingapp.runtime.settings.InvalidSettingException: VOTER_KEY is "(5 characters)"; it must be longer
                        """)).contains("VOTER_KEY is \"(5 characters)\"; it must be longer");
    }

    /** As Liberty writes it, the dump before the failure. */
    @Test
    void whereAFailureWasDumpedIsNoPartOfTheReason() throws IOException {
        assertThat(troubleIn("""
                        [INFO    ] FFDC1015I: An FFDC Incident has been created: "org.votingapp.runtime.settings.InvalidSettingException: POLL_ID is "X"; it must be lower-case com.ibm.ws.container.service.state.internal.ApplicationStateManager 31" at ffdc_26.11.29_16.00.00.0.log
                        [ERROR   ] CWWKZ0002E: An exception occurred while starting the application vote. The exception message was: a.StateChangeException: org.votingapp.runtime.settings.InvalidSettingException: POLL_ID is "X"; it must be lower-case
                        """)).contains("POLL_ID is \"X\"; it must be lower-case");
    }

    @Test
    void aPollThatIsRefusedIsTheReasonThoughTheApplicationHasStarted() throws IOException {
        assertThat(troubleIn("""
                        [AUDIT   ] CWWKZ0001I: Application worker started in 2.1 seconds.
                        [ERROR   ] Poll pets is not started, since its votes (3 votes) would no longer mean what voters chose: POLL_REVOTE final → changeable.
                        """))
                .contains("Poll pets is not started, since its votes (3 votes) would no longer mean what voters chose:"
                        + " POLL_REVOTE final → changeable.");
    }

    @Test
    void anApplicationThatFailedSaysWhyAndNotThatItFailed() throws IOException {
        assertThat(
                        troubleIn(
                                "[ERROR   ] CWWKZ0002E: An exception occurred while starting the application vote. The exception message was: a.StateChangeException: b.DeploymentException: WELD-001408: Unsatisfied dependencies"))
                .contains("WELD-001408: Unsatisfied dependencies");
    }

    @Test
    void anApplicationThatWasMendedIsNoTrouble() throws IOException {
        assertThat(troubleIn("""
                        [ERROR   ] CWWKZ0002E: An exception occurred while starting the application vote. The exception message was: b.DeploymentException: no
                        [AUDIT   ] CWWKZ0003I: The application vote updated in 1.778 seconds.
                        """)).isEmpty();
    }

    @Test
    void severalReasonsAreToldFromTheFirstOn() throws IOException {
        assertThat(troubleIn("""
                        [ERROR   ] CWWKZ0002E: An exception occurred while starting the application worker. The exception message was: a.StateChangeException: b.DeploymentException: Exception List with 2 exceptions:
                        Exception 0 : WELD-001408: Unsatisfied dependencies
                        Exception 1 : WELD-001408: and more
                        """))
                .contains("Exception List with 2 exceptions: Exception 0 : WELD-001408: Unsatisfied dependencies");
    }

    @Test
    void aTakenPortIsTrouble() throws IOException {
        assertThat(
                        troubleIn(
                                "[ERROR   ] CWWKO0221E: TCP Channel defaultHttpEndpoint initialization did not succeed. The socket bind did not succeed"))
                .hasValueSatisfying(reason -> assertThat(reason).contains("socket bind did not succeed"));
    }

    private java.util.Optional<String> troubleIn(String log) throws IOException {
        return new LibertyLog(Files.writeString(folder.resolve("server.log"), log)).trouble();
    }
}
