package dev.rolecall.tests.docs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.client.ProofSource;
import dev.rolecall.grants.token.GrantTokenClaims;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.BindingHash;
import dev.rolecall.proof.CallerProof;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.tests.checkout.Checkout;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/** Checks of the figures in docs/protocol.md. */
class ProtocolTest {

  private static final String PROTOCOL = Checkout.text("docs/protocol.md");
  private static final Pattern OID = Pattern.compile("1\\.2\\.840\\.113556(?:\\.[0-9]+)+");

  /** The signer's example: an answer of {@code aws-sdk-java}, and of two clients of others. */
  private static CallerProof signed(ProofBinding binding) {
    try (ProofSource source =
        ProofSource.builder(Audience.of("orders"))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsSessionCredentials.create(
                        "ASIAEXAMPLE000000001",
                        "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY01",
                        "FwoGZXIvYXdzEXAMPLE+/==")))
            .region(Region.EU_WEST_1)
            .clock(Clock.fixed(Instant.parse("2026-11-21T22:18:45Z"), ZoneOffset.UTC))
            .build()) {
      return source.proof(binding, Runnable::run).toCompletableFuture().join();
    }
  }

  @Test
  void vector_ofABearerProof_isWhatIsSigned() {
    assertThat(PROTOCOL).contains("| `bearer` | `" + signed(ProofBinding.bearer()).signature());
  }

  @Test
  void vector_ofAChannelProof_isWhatIsSigned() {
    BindingHash leaf = BindingHash.of("leaf".getBytes(US_ASCII));

    assertThat(PROTOCOL)
        .contains(
            "hash `"
                + leaf.value()
                + "` | `"
                + signed(new ProofBinding.Channel(leaf)).signature()
                + "`");
  }

  @Test
  void grantToken_isNamedAndBoundedAsItIsRead() {
    assertThat(PROTOCOL)
        .contains("### The request header `" + GrantTokenClaims.HEADER + "`")
        .contains("| `typ` | `" + GrantTokenClaims.TYPE + "` |")
        .contains("| `aud` | `" + GrantTokenClaims.AUDIENCE + "` |")
        .contains(
            "at most %,d characters. There is".formatted(GrantTokenClaims.LIMITS.characters()))
        .contains("at most " + GrantTokenClaims.LONGEST_LIFE.toSeconds() + " apart");
  }

  @Test
  void oid_ofTheForm_isTheOneThatTheGoClientReads() {
    // That the servers write it, AttestedForeignClientsTest sees.
    assertThat(OID.matcher(Checkout.text("docs/clients/rolecall_call.go")).results())
        .singleElement()
        .satisfies(oid -> assertThat(PROTOCOL).contains(" " + oid.group() + "\n"));
  }
}
