package org.votingapp.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:db8:1:2::6, 2001:db8:1:2::/64",
        "2001:db8::6, 2001:db8:0:0::/64",
        "::1, 0:0:0:0::/64",
        "fe80::1%eth0, fe80:0:0:0::/64",
    })
    void anIpv6AddressCountsByItsFirst64Bits(String address, String counted) {
        assertThat(ClientAddress.counted(address)).isEqualTo(counted);
    }

    @ParameterizedTest
    @CsvSource({
        "2001:0DB8:0001:2::6, 2001:db8:1:2::/64",
        "[2001:db8:1:2::6], 2001:db8:1:2::/64",
        "[2001:db8:1:2::6]:51234, 2001:db8:1:2::/64",
        "203.0.113.7:51234, 203.0.113.7",
        "::ffff:203.0.113.7, 203.0.113.7",
        "[::FFFF:203.0.113.7]:80, 203.0.113.7",
        "::ffff:cb00:7107, 203.0.113.7",
    })
    void anAddressCountsAsOneHoweverItIsWritten(String address, String counted) {
        assertThat(ClientAddress.counted(address)).isEqualTo(counted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "unknown",
                "_hidden",
                "1.2.3",
                ":",
                "1:2",
                "12345::",
                "a.example:80",
                "::1:2:3:4:5:6:7:8:9"
            })
    void whatIsNoAddressCountsTogether(String text) {
        assertThat(ClientAddress.counted(text)).isEqualTo(ClientAddress.UNKNOWN);
    }
}
