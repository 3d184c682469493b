package dev.rolecall.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.cli.connect.CredentialKind;
import dev.rolecall.identity.RefusalReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Advice on refusals: there is some for each reason, and it fits the credential. */
final class RefusalAdviceTest {

  /** Those that a proof alone is refused with. */
  private static final Set<RefusalReason> OF_PROOFS =
      EnumSet.of(
          RefusalReason.CHANNEL_MISMATCH,
          RefusalReason.KEY_MISMATCH,
          RefusalReason.ATTESTATION_INVALID);

  @ParameterizedTest
  @EnumSource(RefusalReason.class)
  void refusal_hasAdvice(RefusalReason reason) {
    assertThat(CredentialKind.values())
        .allSatisfy(kind -> assertThat(RefusalAdvice.on(reason, kind)).isNotBlank());
  }

  @ParameterizedTest
  @EnumSource(RefusalReason.class)
  void refusal_hasAHeadingInTroubleshooting(RefusalReason reason) throws IOException {
    assertThat(Files.readString(Path.of("../docs/troubleshooting.md")))
        .contains("\n### " + reason.name() + "\n`" + reason.description() + "` (`");
  }

  @ParameterizedTest
  @EnumSource(value = CredentialKind.class, mode = EnumSource.Mode.EXCLUDE, names = "PROOF")
  void refusal_ofWhatIsNoProof_isNotExplainedBySts(CredentialKind kind) {
    assertThat(Stream.of(RefusalReason.values()).filter(reason -> !OF_PROOFS.contains(reason)))
        .allSatisfy(
            reason ->
                assertThat(RefusalAdvice.on(reason, kind))
                    .doesNotContain("STS", " EKS ", "a proof", "the proof", "bearerProofs"));
  }

  @ParameterizedTest
  @CsvSource({
    "PROOF, ISSUER_NOT_ALLOWED, acceptRegions",
    "JWT, ISSUER_NOT_ALLOWED, serve --issuer ALIAS=URL",
    "JWT, AUDIENCE_MISMATCH, --token-audience",
    "JWT, CREDENTIAL_MALFORMED, serve --issuer",
    "JWT, CREDENTIAL_MALFORMED, HS256",
    "OPAQUE_TOKEN, CREDENTIAL_MALFORMED, --introspect",
    "OPAQUE_TOKEN, CREDENTIAL_MALFORMED, send the token unchanged",
    "JWT, METHOD_NOT_ALLOWED, --scope",
    "JWT, CREDENTIAL_KIND_WRONG, --issuer-profile",
    "PROOF, GRANT_REVOKED, rolecall access grants GRANT",
    "API_KEY, CREDENTIAL_MALFORMED, checksum",
    "API_KEY, ISSUER_REFUSED, rolecall key new",
  })
  void refusal_hasTheNextStepOfItsKind(CredentialKind kind, RefusalReason reason, String step) {
    assertThat(RefusalAdvice.on(reason, kind)).contains(step);
  }

  @Test
  void kind_isToldByTheForm() {
    assertThat(CredentialKind.of("rolecall-v1~a")).isEqualTo(CredentialKind.PROOF);
    assertThat(CredentialKind.of("k8s-aws-v1.a")).isEqualTo(CredentialKind.PROOF);
    assertThat(CredentialKind.of("rck_a")).isEqualTo(CredentialKind.API_KEY);
    assertThat(CredentialKind.of("a.b.c")).isEqualTo(CredentialKind.JWT);
    assertThat(CredentialKind.of("a.b")).isEqualTo(CredentialKind.OPAQUE_TOKEN);
  }
}
