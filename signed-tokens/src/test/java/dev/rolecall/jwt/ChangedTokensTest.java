package dev.rolecall.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.jwt.key.KeySet;
import dev.rolecall.jwt.key.SigningKey;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Good tokens with one change: a character put in, taken out, replaced or swapped. */
@Tag("attack")
class ChangedTokensTest {

  private static final int SEED = 20261129;
  private static final int CHANGES = 1_500;
  private static final String CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\u0000\u00e4";

  static List<SigningKey> keys() {
    return List.of(Issuer.RSA, Issuer.P_256, Issuer.ED);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void token_withOneChange_isNeverAccepted(SigningKey key) {
    String good = Forge.token(Issuer.header(key).toString(), Issuer.claims().toString(), key);
    Server server =
        new Server(
            KeySet.of(List.of(key.verificationKey())), Issuer.ALLOWED, Issuer.RULES, Issuer.NOW);
    Random random = new Random(SEED);

    assertThat(server.judge(good)).isEqualTo(Server.ACCEPTED);
    for (int i = 0; i < CHANGES; i++) {
      String changed = changed(good, random);
      if (!changed.equals(good)) {
        assertThat(server.judge(changed)).as("change %s", i).isNotEqualTo(Server.ACCEPTED);
      }
    }
  }

  private static String changed(String good, Random random) {
    int at = random.nextInt(good.length() - 1);
    char other = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
    String head = good.substring(0, at);
    return switch (random.nextInt(4)) {
      case 0 -> head + other + good.substring(at);
      case 1 -> head + good.substring(at + 1);
      case 2 -> head + other + good.substring(at + 1);
      default -> head + good.charAt(at + 1) + good.charAt(at) + good.substring(at + 2);
    };
  }
}
