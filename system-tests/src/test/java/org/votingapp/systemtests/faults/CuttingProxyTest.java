package org.votingapp.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.votingapp.systemtests.faults.CuttingProxy.Direction;

class CuttingProxyTest {

    private ServerSocket listening;
    private CuttingProxy proxy;
    private Socket client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        proxy = new CuttingProxy("test");
        proxy.leadTo(listening.getLocalPort());
        client = new Socket("127.0.0.1", proxy.port());
        server = listening.accept();
        client.setSoTimeout(2_000);
        server.setSoTimeout(2_000);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        proxy.close();
        listening.close();
    }

    @Test
    void itPassesBothWays() throws IOException {
        say(client, "question");
        assertThat(hear(server, 8)).isEqualTo("question");
        say(server, "answer");
        assertThat(hear(client, 6)).isEqualTo("answer");
    }

    @Test
    void aTornQuestionArrivesByHalfAndBothSidesAreReset() throws IOException {
        proxy.tear(Direction.ASKING);
        say(client, "question");
        assertThat(hear(server, 4)).isEqualTo("ques");
        assertThatThrownBy(() -> hear(server, 1)).isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> hear(client, 1)).isInstanceOf(SocketException.class);
        assertThat(proxy.torn()).isOne();
    }

    @Test
    void aTornAnswerLeavesTheQuestionWhole() throws IOException {
        proxy.tear(Direction.ANSWERING);
        say(client, "question");
        assertThat(hear(server, 8)).isEqualTo("question");
        say(server, "answer");
        assertThatThrownBy(() -> hear(client, 6)).isInstanceOf(SocketException.class);
    }

    @Test
    void whatIsSwallowedNeverArrivesAndTheConnectionEndsWhenHealed() throws IOException {
        proxy.swallow(Direction.ANSWERING);
        say(client, "question");
        assertThat(hear(server, 8)).isEqualTo("question");
        say(server, "answer");
        client.setSoTimeout(200);
        assertThatThrownBy(() -> hear(client, 1)).isInstanceOf(SocketTimeoutException.class);
        assertThat(proxy.swallowed()).isEqualTo(6);
        proxy.heal();
        client.setSoTimeout(2_000);
        assertThatThrownBy(() -> hear(client, 1)).isInstanceOf(SocketException.class);
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String hear(Socket socket, int length) throws IOException {
        byte[] bytes = socket.getInputStream().readNBytes(length);
        if (bytes.length < length) {
            throw new SocketException("ended after " + bytes.length + " bytes");
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
