package org.votingapp.organiser.audience;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;

/**
 * Where the result servers are, from {@code RESULT_SERVERS}: addresses whose names may stand for several servers each, as that of a
 * headless Service does. Immutable.
 *
 * @param addresses none where nobody is to be asked
 */
public record ResultServers(List<URI> addresses) {

    /** How many servers are asked. */
    static final int MOST = 16;

    private static final String PROPERTY = "result.servers";

    /** Copies the list. */
    public ResultServers {
        addresses = List.copyOf(addresses);
    }

    /**
     * Each server by its own address.
     *
     * @param complete whether these are all: no name was unknown, and they are not too many
     */
    record Found(List<URI> servers, boolean complete) {}

    /**
     * Reads them.
     *
     * @throws InvalidSettingException where one is no such address
     */
    public static ResultServers read(Settings settings) {
        return new ResultServers(settings.optional(PROPERTY).stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(text -> address(text.strip()))
                .toList());
    }

    private static URI address(String text) {
        try {
            URI uri = new URI(text);
            // No https: a server is asked by the number of its address, for which no certificate is made.
            if ("http".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && ("".equals(uri.getRawPath()) || "/".equals(uri.getRawPath()))) {
                return uri;
            }
        } catch (URISyntaxException notAnAddress) {
            throw invalid(text);
        }
        throw invalid(text);
    }

    private static InvalidSettingException invalid(String text) {
        return Settings.invalid(
                PROPERTY, text, "addresses such as http://result-servers:9080, without a path, separated by commas");
    }

    /** Resolves the names; may block for as long as the resolver takes. */
    Found find() {
        Set<URI> servers = new LinkedHashSet<>();
        boolean complete = true;
        for (URI address : addresses) {
            try {
                servers.addAll(find(address));
            } catch (UnknownHostException unknown) {
                complete = false;
            }
        }
        return new Found(servers.stream().limit(MOST).toList(), complete && servers.size() <= MOST);
    }

    /** A server with addresses of both families would be counted twice, so IPv4 alone is used where there is any. */
    private static List<URI> find(URI address) throws UnknownHostException {
        List<InetAddress> all = List.of(InetAddress.getAllByName(address.getHost()));
        List<InetAddress> four =
                all.stream().filter(Inet4Address.class::isInstance).toList();
        List<URI> found = new ArrayList<>();
        for (InetAddress one : four.isEmpty() ? all : four) {
            String host = one instanceof Inet4Address ? one.getHostAddress() : "[" + one.getHostAddress() + "]";
            int port = address.getPort() < 0 ? 80 : address.getPort();
            found.add(URI.create("http://" + host + ":" + port + "/"));
        }
        return found;
    }
}
