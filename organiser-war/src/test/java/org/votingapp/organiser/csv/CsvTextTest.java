package org.votingapp.organiser.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@home"})
    void noSpreadsheetTakesAFieldForAFormula(String label) {
        assertThat(new CsvText().line(List.of(label))).hasToString("\uFEFF'" + label + "\r\n");
    }

    @Test
    void fieldsWithCommasQuotesAndLineEndsAreQuoted() {
        assertThat(new CsvText().line(List.of("a,b", "say \"x\"", "two\nlines", "plain", "")))
                .hasToString("\uFEFF\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",plain,\r\n");
    }
}
