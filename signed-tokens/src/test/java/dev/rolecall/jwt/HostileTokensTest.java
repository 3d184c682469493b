package dev.rolecall.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of hostile tokens: none is accepted, and each is refused by the check it must be. */
@Tag("attack")
class HostileTokensTest {

  private static final Server SERVER =
      new Server(
          KeySet.of(
              Stream.of(Issuer.RSA, Issuer.P_256, Issuer.P_384, Issuer.ED)
                  .map(SigningKey::verificationKey)
                  .toList()),
          Issuer.ALLOWED,
          Issuer.RULES,
          Issuer.NOW);

  /** Made once: most are signed. */
  private static final List<HostileToken> TOKENS =
      Stream.of(
              HostileTexts.all(),
              HostileHeaders.all(),
              HostileClaims.all(),
              HostileSignatures.all())
          .flatMap(tokens -> tokens)
          .toList();

  static List<HostileToken> tokens() {
    return TOKENS;
  }

  @Test
  void tokens_areManyAndDiffer() {
    assertThat(tokens()).hasSizeGreaterThan(350);
    assertThat(tokens()).extracting(HostileToken::name).doesNotHaveDuplicates();
    assertThat(tokens()).extracting(HostileToken::text).doesNotHaveDuplicates();
    assertThat(tokens()).extracting(HostileToken::outcome).doesNotContain(Server.ACCEPTED);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tokens")
  void token_hostile_isRefusedByItsCheck(HostileToken token) {
    assertThat(SERVER.judge(token.text())).isEqualTo(token.outcome());
  }

  /** Were these refused, the table above would prove nothing. */
  @Test
  void token_good_isAccepted() {
    for (SigningKey key : List.of(Issuer.RSA, Issuer.P_256, Issuer.P_384, Issuer.ED)) {
      String header = Issuer.header(key).toString();

      assertThat(SERVER.judge(Forge.token(header, Issuer.claims().toString(), key)))
          .isEqualTo(Server.ACCEPTED);
    }
  }
}
