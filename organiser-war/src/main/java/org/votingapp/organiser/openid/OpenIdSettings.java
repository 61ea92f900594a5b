package org.votingapp.organiser.openid;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.runtime.tls.Authorities;

/**
 * The OpenID provider by which organisers log in, and the groups that make them organisers.
 *
 * @param issuer {@code OIDC_ISSUER}, compared character by character with what tokens name
 * @param clientId {@code OIDC_CLIENT_ID}
 * @param clientSecret {@code OIDC_CLIENT_SECRET}
 * @param scopes {@code OIDC_SCOPES}
 * @param groupsClaim {@code OIDC_GROUPS_CLAIM}, the claim that lists somebody's groups
 * @param organisers {@code OIDC_ORGANISERS}, the group whose members steer their own rooms
 * @param administrators {@code OIDC_ADMINISTRATORS}, the group whose members steer all rooms
 * @param authorities those that verify its certificate: Java's, and those of {@code OIDC_SSLROOTCERT}
 */
public record OpenIdSettings(
        String issuer,
        String clientId,
        String clientSecret,
        List<String> scopes,
        String groupsClaim,
        Optional<String> organisers,
        Optional<String> administrators,
        Authorities authorities) {

    private static final String ISSUER = "oidc.issuer";
    private static final String CLIENT_ID = "oidc.client.id";
    private static final String CLIENT_SECRET = "oidc.client.secret";
    private static final String SCOPES = "oidc.scopes";
    private static final String ORGANISERS = "oidc.organisers";
    private static final String ADMINISTRATORS = "oidc.administrators";
    private static final String AUTHORITIES = "oidc.sslrootcert";

    /** RFC 6749, appendix A.1 and A.2: visible ASCII and spaces. */
    private static final Pattern VISIBLE = Pattern.compile("[\\x20-\\x7E]{1,512}");
    /** RFC 6749, appendix A.4. */
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,100}");

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int LONGEST_GROUP = 200;

    /**
     * Reads them; empty where no provider is set.
     *
     * @throws InvalidSettingException for the first one that is wrong. The message does not repeat the secret.
     */
    public static Optional<OpenIdSettings> read(Settings settings) {
        Optional<String> issuer = settings.optional(ISSUER);
        if (issuer.isEmpty()) {
            Stream.of(CLIENT_ID, CLIENT_SECRET, ORGANISERS, ADMINISTRATORS)
                    .filter(property -> settings.optional(property).isPresent())
                    .findFirst()
                    .ifPresent(property -> {
                        throw Settings.invalid(
                                ISSUER, "", "the provider's address, since %s is set".formatted(variable(property)));
                    });
            return Optional.empty();
        }
        return Optional.of(new OpenIdSettings(
                checked(
                        ISSUER,
                        issuer.get(),
                        text -> isTrusted(text) && text.indexOf('?') < 0,
                        "an address such as https://login.example.org/realms/staff, without query and fragment; http only"
                                + " for localhost"),
                checked(
                        CLIENT_ID,
                        settings.required(CLIENT_ID, "the name by which the provider knows this client"),
                        VISIBLE.asMatchPredicate(),
                        "up to 512 visible characters of ASCII"),
                secret(settings),
                scopes(settings.required(SCOPES, "scopes, separated by spaces")),
                settings.required("oidc.groups.claim", "the name of a claim, such as groups"),
                group(settings, ORGANISERS),
                administrators(settings),
                authorities(settings)));
    }

    /** Whether what is sent there stays secret: {@code https}, or this machine. */
    static boolean isTrusted(String address) {
        try {
            URI uri = new URI(address);
            return uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && ("https".equals(uri.getScheme())
                            || "http".equals(uri.getScheme()) && THIS_MACHINE.contains(uri.getHost()));
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }

    private static String secret(Settings settings) {
        String expected = "the client's secret at the provider, of up to 512 visible characters of ASCII";
        String secret = settings.required(CLIENT_SECRET, expected);
        if (!VISIBLE.matcher(secret).matches()) {
            throw Settings.invalid(CLIENT_SECRET, "(%d characters)".formatted(secret.length()), expected);
        }
        return secret;
    }

    private static List<String> scopes(String value) {
        List<String> scopes = Arrays.asList(value.split(" +"));
        checked(
                SCOPES,
                value,
                text -> scopes.contains("openid") && scopes.stream().allMatch(SCOPE.asMatchPredicate()),
                "scopes that are separated by spaces, openid among them");
        return List.copyOf(scopes);
    }

    private static Optional<String> administrators(Settings settings) {
        Optional<String> administrators = group(settings, ADMINISTRATORS);
        Optional<String> organisers = group(settings, ORGANISERS);
        if (administrators.isEmpty() && organisers.isEmpty()) {
            throw Settings.invalid(
                    ORGANISERS,
                    "",
                    "a group of the provider, or OIDC_ADMINISTRATORS one: without, nobody could log in");
        }
        administrators
                .filter(group -> organisers.filter(group::equals).isPresent())
                .ifPresent(same -> {
                    throw Settings.invalid(ADMINISTRATORS, same, "another group than OIDC_ORGANISERS");
                });
        return administrators;
    }

    private static Authorities authorities(Settings settings) {
        return settings.optional(AUTHORITIES)
                .map(file -> new Authorities(Authorities.inFile(AUTHORITIES, file), true))
                .orElse(Authorities.JAVAS);
    }

    private static Optional<String> group(Settings settings, String property) {
        return settings.optional(property)
                .map(group -> checked(
                        property,
                        group,
                        text -> text.length() <= LONGEST_GROUP,
                        "one group of up to %d characters".formatted(LONGEST_GROUP)));
    }

    private static String checked(String property, String value, Predicate<String> right, String expected) {
        if (!right.test(value)) {
            throw Settings.invalid(property, value, expected);
        }
        return value;
    }

    private static String variable(String property) {
        return Settings.variable(property);
    }

    /** Whether somebody in these groups may log in. */
    public boolean mayOrganise(Set<String> groups) {
        return isAdministrator(groups) || organisers.filter(groups::contains).isPresent();
    }

    /** Whether somebody in these groups steers all rooms. */
    public boolean isAdministrator(Set<String> groups) {
        return administrators.filter(groups::contains).isPresent();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "%s as %s".formatted(issuer, clientId);
    }
}
