package dev.rolecall.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.pattern.RolePattern;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The platform's language changes nothing. In Turkish the small I has a dot of its own; in Arabic
 * as Egypt writes it, numbers are formatted with other digits.
 */
@Isolated
@Tag("attack")
final class TurkishLocaleTest {

  private Locale before = Locale.ROOT;

  @BeforeEach
  void speakTurkish() {
    before = Locale.getDefault();
    Locale.setDefault(new Locale.Builder().setLanguageTag("tr-TR-u-nu-arab").build());
  }

  @AfterEach
  void speakAsBefore() {
    Locale.setDefault(before);
  }

  @Test
  void pattern_dottedAndDotlessI_areStillDifferentLetters() {
    RoleArn small = RoleArn.parse("arn:aws:iam::111122223333:role/billing");

    assertThat(RolePattern.parse("arn:aws:iam::111122223333:role/BILLING").matches(small))
        .isFalse();
    assertThat(RolePattern.parse("arn:aws:iam::111122223333:role/billing").matches(small)).isTrue();
  }
}
