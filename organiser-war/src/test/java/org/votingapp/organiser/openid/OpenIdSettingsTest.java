package org.votingapp.organiser.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;

class OpenIdSettingsTest {

    private static final Map<String, String> RIGHT = Map.of(
            "oidc.issuer", "https://login.example.org/realms/staff",
            "oidc.client.id", "votes",
            "oidc.client.secret", "s3cret",
            "oidc.scopes", "openid profile",
            "oidc.groups.claim", "groups",
            "oidc.organisers", "run-votes",
            "oidc.administrators", "run-all-votes");

    private static Optional<OpenIdSettings> read(Map<String, String> values) {
        return OpenIdSettings.read(Settings.from(property -> Optional.ofNullable(values.get(property))));
    }

    /** @param value absent where it is null */
    private static Optional<OpenIdSettings> with(String property, String value) {
        Map<String, String> values = new HashMap<>(RIGHT);
        values.put(property, value);
        return read(values);
    }

    @Test
    void withoutASettingThereIsNoProvider() {
        assertThat(read(Map.of("oidc.scopes", "openid profile", "oidc.groups.claim", "groups")))
                .isEmpty();
    }

    @Test
    void groupsAreRolesAndTheSecretIsInNoText() {
        OpenIdSettings settings = read(RIGHT).orElseThrow();
        assertThat(settings.mayOrganise(Set.of("staff", "run-votes"))).isTrue();
        assertThat(settings.isAdministrator(Set.of("run-votes"))).isFalse();
        assertThat(settings.mayOrganise(Set.of("run-all-votes"))).isTrue();
        assertThat(settings.isAdministrator(Set.of("run-all-votes"))).isTrue();
        assertThat(settings.mayOrganise(Set.of("Run-Votes", "staff"))).isFalse();
        assertThat(settings.mayOrganise(Set.of())).isFalse();
        assertThat(settings).hasToString("https://login.example.org/realms/staff as votes");
        assertThat(with("oidc.administrators", null).orElseThrow().isAdministrator(Set.of("run-votes")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://login.example.org",
                "https://login.example.org:8443/realms/staff/",
                "http://localhost:9000",
                "http://127.0.0.1:9000",
                "http://[::1]:9000"
            })
    void anIssuerIsSafeToTalkTo(String issuer) {
        assertThat(with("oidc.issuer", issuer).orElseThrow().issuer()).isEqualTo(issuer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login.example.org",
                "http://login.example.org",
                "http://localhost.example.org",
                "http://localhost@example.org",
                "https://who@login.example.org",
                "https://login.example.org/#x",
                "https://login.example.org/?x",
                "https:///realms",
                "ftp://localhost",
                "https://login example.org"
            })
    void anyOtherIssuerIsRefused(String issuer) {
        assertThatThrownBy(() -> with("oidc.issuer", issuer))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("OIDC_ISSUER", issuer, "https://login.example.org/realms/staff");
    }

    @ParameterizedTest
    @CsvSource({
        "oidc.client.id, , OIDC_CLIENT_ID",
        "oidc.client.id, vötes, OIDC_CLIENT_ID",
        "oidc.client.secret, , OIDC_CLIENT_SECRET",
        "oidc.client.secret, s3crét, OIDC_CLIENT_SECRET",
        "oidc.scopes, profile, OIDC_SCOPES",
        "oidc.scopes, 'openid,profile', OIDC_SCOPES",
        "oidc.groups.claim, , OIDC_GROUPS_CLAIM",
        "oidc.administrators, run-votes, OIDC_ADMINISTRATORS",
    })
    void aValueThatCannotWorkIsToldByItsVariable(String property, String value, String variable) {
        assertThatThrownBy(() -> with(property, value))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(variable)
                .message()
                .doesNotContain("s3crét");
    }

    @Test
    void withoutAGroupNobodyCouldLogIn() {
        Map<String, String> values = new HashMap<>(RIGHT);
        values.remove("oidc.organisers");
        values.remove("oidc.administrators");
        assertThatThrownBy(() -> read(values)).hasMessageContainingAll("OIDC_ORGANISERS", "OIDC_ADMINISTRATORS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oidc.client.id", "oidc.client.secret", "oidc.organisers", "oidc.administrators"})
    void whatHasNoIssuerIsAMistake(String property) {
        assertThatThrownBy(() -> read(Map.of(property, "x")))
                .hasMessageContainingAll("OIDC_ISSUER", Settings.variable(property));
    }
}
