package dev.rolecall.benchmarks.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ForgedTokensTest {

  /** Its signature is of 64 bytes. */
  private static final String GOOD = "eyJh.eyJi." + "A".repeat(86);

  @Test
  void forgedTokens_areAsLongAndDifferInTheSignatureAlone() {
    ForgedTokens forged = new ForgedTokens(GOOD, new Random(1));

    String one = forged.next();
    String other = forged.next();

    assertThat(one).startsWith("eyJh.eyJi.").hasSameSizeAs(GOOD).isNotEqualTo(GOOD);
    assertThat(other).startsWith("eyJh.eyJi.").hasSameSizeAs(GOOD).isNotEqualTo(one);
  }
}
