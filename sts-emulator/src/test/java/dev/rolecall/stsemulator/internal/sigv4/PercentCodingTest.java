package dev.rolecall.stsemulator.internal.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PercentCodingTest {

  @ParameterizedTest
  @CsvSource({"a%2fb,a/b", "%E1%88%B4,\u1234", "a+b,a+b", "%20,' '", "%25%32%30,%20", "'',''"})
  void decode_wellFormed_isDecodedOnce(String encoded, String text) {
    assertThat(PercentCoding.decode(encoded)).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%", "a%", "%2", "%zz", "%2g", "%-1", "%+1", "%ff", "%C0%80", "%ED%A0%80"})
  void decode_malformed_isEmpty(String encoded) {
    assertThat(PercentCoding.decode(encoded)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a%2fb,a%2Fb", "a/b,a%2Fb", "%41,A", "a+b,a%2Bb", "\u1234,%E1%88%B4", "~,~", "*,%2A"})
  void respell_anySpelling_isTheOne(String encoded, String spelling) {
    assertThat(PercentCoding.respell(encoded)).isEqualTo(spelling);
  }

  @ParameterizedTest
  @CsvSource({"a%2Fb,a%252Fb", "' ',%20", "a.b-c_d~e,a.b-c_d~e"})
  void encode_text_isEncodedOnce(String text, String encoded) {
    assertThat(PercentCoding.encode(text)).isEqualTo(encoded);
  }
}
