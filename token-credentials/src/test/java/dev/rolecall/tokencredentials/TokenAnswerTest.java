package dev.rolecall.tokencredentials;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolecall.jwt.json.JsonLimits;
import dev.rolecall.jwt.json.JsonReading;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.renewal.Lifetime.Age;
import dev.rolecall.renewal.RenewalFailure.Kind;
import dev.rolecall.tokencredentials.internal.JwtEnd;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenAnswerTest {

  private static final Instant NOW = Instant.parse("2026-11-21T22:18:45Z");

  private final TokenAnswer reader =
      new TokenAnswer(URI.create("https://idp.example/token"), List.of("s3cret"), NOW);

  @ParameterizedTest
  @ValueSource(strings = {"Bearer", "bearer", "BEARER", "N_A"})
  void token_ofThatType_isTaken(String type) {
    assertThat(token("'access_token':'abc','token_type':'" + type + "','expires_in':60").text())
        .isEqualTo("abc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'access_token':'abc','token_type':'DPoP','expires_in':60 | LASTING | DPoP",
        "'access_token':'abc','expires_in':60 | LASTING | Bearer",
        "'access_token':'abc','token_type':7 | LASTING | Bearer",
        "'access_token':'abc','token_type':'s3cret' | LASTING | ****",
        "'token_type':'Bearer','expires_in':60 | PASSING | access_token",
        "'access_token':'','token_type':'Bearer' | PASSING | access_token",
        "'access_token':7,'token_type':'Bearer' | PASSING | access_token",
        "'access_token':null,'token_type':'Bearer' | PASSING | access_token",
        "'access_token':'a b','token_type':'Bearer' | PASSING | access_token",
        "'access_token':'a\\nb','token_type':'Bearer' | PASSING | access_token",
        "'access_token':'a=b','token_type':'Bearer' | PASSING | access_token",
        "'access_token':'==','token_type':'Bearer' | PASSING | access_token",
        "'access_token':'\u00e9','token_type':'Bearer' | PASSING | access_token",
        "'access_token':'abc','token_type':'Bearer','expires_in':0 | PASSING | expires_in",
        "'access_token':'abc','token_type':'Bearer','expires_in':-1 | PASSING | expires_in",
        "'access_token':'abc','token_type':'Bearer','expires_in':1.5 | PASSING | expires_in",
        "'access_token':'abc','token_type':'Bearer','expires_in':1e9 | PASSING | expires_in",
        "'access_token':'abc','token_type':'Bearer','expires_in':null | PASSING | expires_in",
        "'access_token':'abc','token_type':'Bearer','expires_in':'soon' | PASSING | expires_in",
        "'access_token':'abc','token_type':'Bearer','expires_in':9999999999 | PASSING | expires_in",
      })
  void token_malformed_isRefused(String members, Kind kind, String named) {
    assertThatThrownBy(() -> token(members))
        .isInstanceOfSatisfying(
            TokenUnavailableException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining("idp.example")
        .hasMessageContaining(named)
        .hasMessageNotContaining("s3cret")
        .hasMessageNotContaining("abc");
  }

  @Test
  void token_of8192Characters_isTaken_andOneMoreIsNot() {
    String longest = "x".repeat(8_192);
    assertThat(token("'access_token':'" + longest + "','token_type':'Bearer'").text())
        .isEqualTo(longest);

    assertThatThrownBy(() -> token("'access_token':'" + longest + "x','token_type':'Bearer'"))
        .hasMessageContaining("8193 characters (expected: at most 8192)")
        .hasMessageNotContaining("xxx");
  }

  @Test
  void end_byTheAnswer_winsOverTheTokens() {
    AccessToken token =
        token(
            "'access_token':'"
                + jwt(NOW.plusSeconds(6))
                + "','token_type':'Bearer','expires_in':600");

    assertThat(ageAt(token, 399)).isEqualTo(Age.FRESH);
  }

  @Test
  void end_absent_isTheTokens() {
    AccessToken token =
        token("'access_token':'" + jwt(NOW.plusSeconds(600)) + "','token_type':'Bearer'");

    assertThat(ageAt(token, 399)).isEqualTo(Age.FRESH);
    assertThat(ageAt(token, 400)).isEqualTo(Age.STALE);
    assertThat(ageAt(token, 500)).isEqualTo(Age.EXPIRED);
  }

  @Test
  void end_absentAndTheTokenIsNoJwt_isInFiveMinutes() {
    AccessToken token = token("'access_token':'abc','token_type':'Bearer'");

    assertThat(ageAt(token, 199)).isEqualTo(Age.FRESH);
    assertThat(ageAt(token, 250)).isEqualTo(Age.EXPIRED);
  }

  @Test
  void end_asAText_isRead() {
    assertThat(
            ageAt(token("'access_token':'abc','token_type':'Bearer','expires_in':'3600'"), 2_399))
        .isEqualTo(Age.FRESH);
  }

  @Test
  void end_inThePast_isRefused() {
    assertThatThrownBy(() -> token("'access_token':'" + jwt(NOW) + "','token_type':'Bearer'"))
        .hasMessageContaining("clock");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.b",
        "a.b.c.d",
        "a.!!.c",
        "a.bm90IGpzb24.c",
        "a..c",
        "a.e30.c",
        "a.eyJleHAiOiIxIn0.c"
      })
  void jwtEnd_ofSomethingElse_isEmpty(String token) {
    assertThat(JwtEnd.of(token)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 99_999_999_999L, Long.MAX_VALUE})
  void jwtEnd_outsideOfASaneRange_isEmpty(long exp) {
    assertThat(JwtEnd.of(jwt(exp))).isEmpty();
  }

  private static Age ageAt(AccessToken token, long second) {
    return token.lifetime().age(NOW.plusSeconds(second).toEpochMilli());
  }

  private AccessToken token(String members) {
    JsonReading read =
        JsonReading.of(
            ("{" + members.replace('\'', '"') + "}").getBytes(UTF_8),
            new JsonLimits(65_536, 8, 200, 20));
    JsonValue.Members object =
        read.fold(
            found -> found,
            flaw -> {
              throw new AssertionError(flaw);
            });
    return reader.token(object);
  }

  private static String jwt(Instant end) {
    return jwt(end.getEpochSecond());
  }

  private static String jwt(long exp) {
    return "e30."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(("{\"exp\":" + exp + "}").getBytes(US_ASCII))
        + ".c2ln";
  }
}
