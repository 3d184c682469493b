package dev.rolecall.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.AccountId;
import dev.rolecall.identity.Partition;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Runs the snippets of this module's README. */
final class ReadmeSnippetsTest {

  @Test
  void lookup_ofNoProof_saysWhy() {
    // region scheme
    StsVerifier orders =
        StsVerifier.forAudience("orders")
            .trustAccount(Partition.AWS, AccountId.parse("111122223333"))
            .acceptRegions(Set.of("eu-west-1"))
            .requireChannelBinding();
    // endregion

    assertThat(said(orders, "no proof")).isEqualTo("refused: CREDENTIAL_MALFORMED");
  }

  private static String said(StsVerifier orders, String token) {
    Connection connection = Connection.withoutTls("198.51.100.1");
    // region lookup
    try (CallerLookup lookup = CallerLookup.by(orders)) {
      Verification verdict = lookup.find(Credential.bearer(token), connection).join();
      return verdict.fold(
          verified -> verified.caller().principal().text(),
          refused -> "refused: " + refused.reason(),
          unavailable -> "ask again later: " + unavailable.reason());
    }
    // endregion
  }
}
