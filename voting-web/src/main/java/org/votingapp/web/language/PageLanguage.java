package org.votingapp.web.language;

import com.ibm.icu.util.ULocale;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A language in which the pages speak. The poll keeps its own ({@code Poll.language}). */
public enum PageLanguage {
    /** English. */
    ENGLISH("en", "en", "English"),
    /** German. */
    GERMAN("de", "de", "Deutsch"),
    /** French. */
    FRENCH("fr", "fr", "Français"),
    /** Spanish. */
    SPANISH("es", "es", "Español"),
    /** Italian. */
    ITALIAN("it", "it", "Italiano"),
    /** Portuguese. */
    PORTUGUESE("pt", "pt", "Português"),
    /** Dutch. */
    DUTCH("nl", "nl", "Nederlands"),
    /** Polish. */
    POLISH("pl", "pl", "Polski"),
    /** Japanese. */
    JAPANESE("ja", "ja", "日本語"),
    /** Chinese, in simplified characters. */
    CHINESE("zh", "zh-Hans", "简体中文"),
    /** Arabic, right to left, with the digits 0 to 9 like the address and the code beside it. */
    ARABIC("ar", "ar", "العربية");

    private final String code;
    private final String tag;
    private final String ownName;
    private final Locale locale;

    PageLanguage(String code, String tag, String ownName) {
        this.code = code;
        this.tag = tag;
        this.ownName = ownName;
        this.locale = Locale.forLanguageTag(tag + "-u-nu-latn");
    }

    /** Its code by ISO 639, which names its resource bundles: {@code zh}. */
    public String getCode() {
        return code;
    }

    /** Its language tag (BCP 47) for {@code lang} attributes: {@code zh-Hans}. */
    public String getTag() {
        return tag;
    }

    /** Its name in itself: {@code Deutsch}. */
    public String getOwnName() {
        return ownName;
    }

    /** Its locale, whose digits are 0 to 9. */
    public Locale locale() {
        return locale;
    }

    /** Its direction for {@code dir} attributes: {@code ltr} or {@code rtl}. */
    public String direction() {
        return ULocale.forLocale(locale).isRightToLeft() ? "rtl" : "ltr";
    }

    /** The language with this code. */
    public static Optional<PageLanguage> ofCode(String code) {
        return Stream.of(values()).filter(one -> one.code.equals(code)).findFirst();
    }
}
