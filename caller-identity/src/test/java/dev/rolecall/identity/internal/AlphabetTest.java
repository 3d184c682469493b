package dev.rolecall.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sets of characters that every strict reader is built from. */
@Tag("attack")
final class AlphabetTest {

  @Test
  void range_hasItsEndsAndNothingBesideThem() {
    assertThat(members(Alphabet.range('b', 'd'))).isEqualTo("bcd");
    assertThat(members(Alphabet.range('x', 'x'))).isEqualTo("x");
  }

  @Test
  void of_hasEachOfThoseCharacters() {
    assertThat(members(Alphabet.of("-_a"))).isEqualTo("-_a");
  }

  @Test
  void and_hasTheCharactersOfBoth() {
    Alphabet both = Alphabet.range('0', '2').and(Alphabet.of("\u0000\u007f1"));

    assertThat(members(both)).isEqualTo("\u0000012\u007f");
  }

  @Test
  void has_characterBeyondAscii_isFalse() {
    assertThat(Alphabet.range('\u0000', '\u007f').has('\u0080')).isFalse();
    assertThat(Alphabet.DIGITS.has('\u0661')).isFalse();
  }

  @Test
  void spells_lengthOutsideTheBounds_isFalse() {
    assertThat(Alphabet.DIGITS.spells("1", 2, 3)).isFalse();
    assertThat(Alphabet.DIGITS.spells("12", 2, 3)).isTrue();
    assertThat(Alphabet.DIGITS.spells("123", 2, 3)).isTrue();
    assertThat(Alphabet.DIGITS.spells("1234", 2, 3)).isFalse();
    assertThat(Alphabet.DIGITS.spells("1a3", 2, 3)).isFalse();
  }

  private static String members(Alphabet alphabet) {
    StringBuilder members = new StringBuilder();
    for (char c = 0; c < 0x180; c++) {
      if (alphabet.has(c)) {
        members.append(c);
      }
    }
    return members.toString();
  }
}
