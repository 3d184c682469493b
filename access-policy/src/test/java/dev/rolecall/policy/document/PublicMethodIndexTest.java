package dev.rolecall.policy.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.policy.MethodPattern;
import dev.rolecall.policy.PlacedPath;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicMethodIndexTest {

  @ParameterizedTest
  @CsvSource({
    "/a.B/Get, /a.B/Get, true",
    "/a.B/Get, /a.B/Put, false",
    "/a.B/Get, /a.B/GetAll, false",
    "/a.B/*, /a.B/Get, true",
    "/a.B/G*, /a.B/Get*, true",
    "/a.B/Get*, /a.B/Get, true",
    "/a.B/G*, /a.B/P*, false",
    "/*, /a.B/Get, true",
  })
  void sharing_isTheSameEitherWay(String one, String other, boolean expected) {
    assertThat(open(one).sharing(MethodPattern.parse(other)).isPresent()).isEqualTo(expected);
    assertThat(open(other).sharing(MethodPattern.parse(one)).isPresent()).isEqualTo(expected);
  }

  @Test
  void sharing_amongMany_isOneThatDoes() {
    PublicMethodIndex open =
        open("/a.B/Get*", "/a.B/GetA", "/a.B/GetAll*", "/a.B/Gz", "/a.B/P", "/a.C/*", "/a.B/Get");

    assertThat(text(open, "/a.B/GetAb")).isEqualTo("/a.B/Get*");
    assertThat(text(open, "/a.B/Ge*")).startsWith("/a.B/Get");
    assertThat(text(open, "/a.B/Gz*")).isEqualTo("/a.B/Gz");
    assertThat(text(open, "/a.C/Any*")).isEqualTo("/a.C/*");
    assertThat(text(open, "/a.B/P")).isEqualTo("/a.B/P");
    assertThat(text(open, "/a.B/Ge")).isEqualTo("none");
    assertThat(text(open, "/a.B/Q*")).isEqualTo("none");
  }

  private static PublicMethodIndex open(String... paths) {
    return PublicMethodIndex.of(Stream.of(paths).map(PlacedPath::unplaced).toList());
  }

  private static String text(PublicMethodIndex open, String pattern) {
    return open.sharing(MethodPattern.parse(pattern))
        .map(found -> found.pattern().text())
        .orElse("none");
  }
}
