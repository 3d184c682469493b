package dev.rolecall.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.scheme.Connection;
import dev.rolecall.identity.BindingHash;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One token on two connections: the client certificate of each decides. */
@Tag("attack")
final class SendersTest {

  private static final BindingHash MINE = BindingHash.of("mine".getBytes(UTF_8));
  private static final BindingHash OTHER = BindingHash.of("other".getBytes(UTF_8));
  private static final Connection TLS = new Connection("198.51.100.1", Set.of(MINE));

  private static final String BOUND =
      Token.of(Issuers.RSA, Issuers.IDP)
          .claim("cnf", "{\"x5t#S256\":\"" + MINE + "\"}")
          .signed(Issuers.RSA);

  @Test
  void boundToken_isGoodOnItsOwnConnectionAlone_alsoWhereItIsRemembered() {
    try (Bench bench = Bench.usual()) {
      assertThat(Bench.word(bench.verify(BOUND, TLS.of(MINE)))).isEqualTo("verified");
      assertThat(Bench.word(bench.verify(BOUND, TLS.of(OTHER))))
          .isEqualTo("refused SENDER_MISMATCH");
      assertThat(Bench.word(bench.verify(BOUND, TLS))).isEqualTo("refused SENDER_MISMATCH");
      assertThat(Bench.word(bench.verify(BOUND, TLS.of(MINE)))).isEqualTo("verified");
    }
  }

  @Test
  void boundToken_refusedOnAStrangersConnection_isNotRefusedOnItsOwn() {
    try (Bench bench = Bench.usual()) {
      assertThat(Bench.word(bench.verify(BOUND, TLS.of(OTHER))))
          .isEqualTo("refused SENDER_MISMATCH");
      assertThat(Bench.word(bench.verify(BOUND, TLS.of(MINE)))).isEqualTo("verified");
    }
  }

  @Test
  void unboundToken_isGoodOnAConnectionWithACertificate() {
    try (Bench bench = Bench.usual()) {
      String bearer = Token.of(Issuers.RSA, Issuers.IDP).signed(Issuers.RSA);

      assertThat(Bench.word(bench.verify(bearer, TLS.of(OTHER)))).isEqualTo("verified");
    }
  }
}
