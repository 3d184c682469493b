package dev.rolecall.proof;

import static dev.rolecall.proof.EksTokens.URL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.identity.Audience;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** AWS promises no length of a session token: those of up to 4,096 characters fit either way. */
final class SessionTokenSizesTest {

  private static final String BAD_TOKEN =
      "session token is up to 4096 characters of base64 or base64url";

  /** What stands before a proof in its header, name and all. */
  private static final int HEADER = "authorization: Bearer ".length();

  private static final int LONGEST_HEADER = 7_700;

  /** Base64 of bytes drawn at random, in which one character of 32 is escaped. */
  private static String sessionToken(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes).substring(0, length);
  }

  private static String proof(String sessionToken) {
    return ProofFields.wellFormed().with(ProofFields.SESSION_TOKEN, sessionToken).text();
  }

  private static String eksToken(String sessionToken) {
    return EksTokens.of(
        URL.replace(
            "FwoG%2BZXIv%2FYXdz%3D%3D",
            sessionToken.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D")));
  }

  private static String sessionTokenIn(ProofReading reading) {
    return reading.fold(CallerProof::sessionToken, ProofReading.Malformed::rule);
  }

  private static ProofReading readEks(String token) {
    return CallerProof.readEksToken(token, Audience.of("orders"));
  }

  @Test
  void sessionTokenOf4096Characters_isReadInAProof() {
    String longest = sessionToken(4_096);

    assertThat(sessionTokenIn(CallerProof.read(proof(longest)))).isEqualTo(longest);
    assertThat(proof(longest).length() + HEADER).isLessThan(LONGEST_HEADER);
  }

  @Test
  void sessionTokenOf4096Characters_isReadInAnEksToken() {
    String longest = sessionToken(4_096);
    assertThat(longest).contains("+", "/");

    assertThat(sessionTokenIn(readEks(eksToken(longest)))).isEqualTo(longest);
    assertThat(eksToken(longest).length() + HEADER).isLessThan(LONGEST_HEADER);
    String padded = longest.substring(0, 4_094) + "==";
    assertThat(sessionTokenIn(readEks(eksToken(padded)))).isEqualTo(padded);
  }

  @Test
  void sessionTokenOf4096Characters_anEighthOfThemEscaped_isReadBesideTheLongestHostOfAws() {
    String unlikely = "+".repeat(512) + "a".repeat(3_584);
    String token =
        EksTokens.of(
            URL.replace("FwoG%2BZXIv%2FYXdz%3D%3D", unlikely.replace("+", "%2B"))
                .replace(
                    "sts.eu-west-1.amazonaws.com", "sts-fips.us-gov-west-1.api.amazonaws.com.cn")
                .replace("ASIAEXAMPLE000000001", "ASIA" + "0".repeat(28)));

    assertThat(sessionTokenIn(readEks(token))).isEqualTo(unlikely);
  }

  @Test
  void sessionTokenOfOneMore_isMalformedInBoth_andTheRuleSaysWhy() {
    String tooLong = sessionToken(4_097);

    assertThat(sessionTokenIn(CallerProof.read(proof(tooLong)))).isEqualTo(BAD_TOKEN);
    assertThat(sessionTokenIn(readEks(eksToken(tooLong)))).isEqualTo(BAD_TOKEN);
  }

  @Test
  void eksToken_ofTheGreatestLength_isRead_andOneMoreIsNot() {
    String tooLong = "at most " + CallerProof.MAX_EKS_TOKEN_LENGTH + " characters";
    String more = EksTokens.of(URL + "&" + "a".repeat(CallerProof.MAX_EKS_TOKEN_LENGTH));
    String longest = more.substring(0, CallerProof.MAX_EKS_TOKEN_LENGTH);

    assertThat(longest.length() + HEADER).isLessThan(LONGEST_HEADER);
    assertThat(sessionTokenIn(readEks(longest))).isNotEqualTo(tooLong);
    assertThat(sessionTokenIn(readEks(longest + "a"))).isEqualTo(tooLong);
  }
}
