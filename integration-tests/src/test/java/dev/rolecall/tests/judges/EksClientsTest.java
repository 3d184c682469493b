package dev.rolecall.tests.judges;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.stsemulator.protocol.StsAction;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.verifier.StsVerifier;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** EKS tokens that AWS's own code made, the SDK's signer and the AWS CLI, are proofs. */
@Tag("attack")
class EksClientsTest {

  private static final String ROLE = "arn:aws:iam::111122223333:role/checkout";
  private static final Connection PLAIN = Connection.withoutTls("127.0.0.1");

  private final StsEmulator emulator = StsEmulator.start();
  private final EmulatedCredentials checkout = emulator.addRole(ROLE);
  private final CallerLookup callers =
      CallerLookup.by(
          StsVerifier.forAudience(Audience.of("orders"))
              .acceptCustomEndpoint(emulator.endpoint(), "us-east-1", Partition.AWS)
              .lookUpTimeout(Bench.LOOK_UP_TIMEOUT)
              .acceptEksTokens());

  @AfterEach
  void stop() {
    callers.close();
    emulator.close();
  }

  @Test
  void verify_tokenOfTheSdk_isVerified() {
    assertVerified(sdkToken("orders", "x-k8s-aws-id", Duration.ZERO));
  }

  @Test
  void verify_tokenOfTheSdkFourteenMinutesLater_isVerified() {
    assertVerified(sdkToken("orders", "x-k8s-aws-id", Duration.ofMinutes(-14)));
  }

  @Test
  void verify_tokenForAnotherCluster_isRefusedBySts() {
    assertRefused(
        sdkToken("billing", "x-k8s-aws-id", Duration.ZERO), RefusalReason.ISSUER_REFUSED, 1);
  }

  @Test
  void verify_headerOfRolecallInAnEksToken_isRefusedUnasked() {
    assertRefused(
        sdkToken("orders", "x-rolecall-audience", Duration.ZERO),
        RefusalReason.CREDENTIAL_MALFORMED,
        0);
  }

  @Test
  void verify_signatureOfAnEksTokenInARolecallProof_isRefusedBySts() {
    String url = urlIn(sdkToken("orders", "x-k8s-aws-id", Duration.ZERO));
    String respelled =
        String.join(
            "~",
            "rolecall-v1",
            emulator.endpoint().getAuthority(),
            checkout.accessKeyId(),
            parameter(url, "X-Amz-Date"),
            "60",
            "orders",
            "bearer",
            parameter(url, "X-Amz-Signature"),
            checkout.sessionToken().orElse(""));

    assertRefused(respelled, RefusalReason.ISSUER_REFUSED, 1);
  }

  @Test
  void verify_tokenOfTheAwsCli_isVerified() {
    assertVerified(AwsCli.eksToken(emulator.endpoint(), checkout, "orders"));
  }

  @Test
  void verify_tokenOfTheAwsCliForAnotherCluster_isRefusedBySts() {
    String token = AwsCli.eksToken(emulator.endpoint(), checkout, "billing");
    assertRefused(token, RefusalReason.ISSUER_REFUSED, 1);
  }

  private void assertVerified(String token) {
    for (int call = 0; call < 2; call++) {
      assertThat(verify(token)).isInstanceOf(Verification.Verified.class);
    }
    assertThat(((Verification.Verified) verify(token)).caller().principal()).hasToString(ROLE);
    assertThat(emulator.requests().of(StsAction.GET_CALLER_IDENTITY)).isEqualTo(1);
  }

  private void assertRefused(String token, RefusalReason reason, int stsCalls) {
    Refusals.assertRefused(verify(token), reason);
    assertThat(emulator.requests().of(StsAction.GET_CALLER_IDENTITY)).isEqualTo(stsCalls);
  }

  private Verification verify(String token) {
    return callers.find(Credential.bearer(token), PLAIN).join();
  }

  /** Presigned as EKS's client libraries do it: one header, 60 seconds. */
  private String sdkToken(String cluster, String header, Duration offset) {
    String url =
        new SdkPresigner(emulator.endpoint(), "us-east-1")
            .presign(checkout, header, cluster, offset)
            .toString();
    return "k8s-aws-v1."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(url.getBytes(US_ASCII));
  }

  private static String urlIn(String token) {
    return new String(
        Base64.getUrlDecoder().decode(token.substring("k8s-aws-v1.".length())), US_ASCII);
  }

  private static String parameter(String url, String name) {
    int start = url.indexOf(name + "=") + name.length() + 1;
    int end = url.indexOf('&', start);
    return end < 0 ? url.substring(start) : url.substring(start, end);
  }
}
