package dev.rolecall.tests.judges;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.EmulatedPrincipal;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.tests.fixture.EchoClient;
import dev.rolecall.tests.fixture.GuardedServer;
import dev.rolecall.tests.fixture.SeenRefusal;
import dev.rolecall.verifier.StsVerifier;
import io.grpc.Status;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * The longest session token, in both spellings of a proof, through gRPC's own limit of 8 KiB for
 * all metadata of a call.
 */
final class LongestSessionTokensTest {

  private static final int LONGEST = 4_096;

  @RegisterExtension final Bench bench = new Bench();

  private EmulatedCredentials checkout;
  private GuardedServer server;
  private EchoClient channel;

  @BeforeEach
  void start() {
    checkout =
        bench.principal(
            EmulatedPrincipal.builder(Bench.CHECKOUT).sessionToken(sessionToken()).build());
    server = bench.server().verifying(StsVerifier::acceptEksTokens).start();
    channel = bench.client(server);
  }

  private static String sessionToken() {
    byte[] bytes = new byte[LONGEST / 4 * 3];
    new Random(LONGEST).nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private String eksUrl() {
    return new SdkPresigner(bench.sts().endpoint(), Bench.REGION.id())
        .presign(checkout, "x-k8s-aws-id", Bench.AUDIENCE, Duration.ZERO)
        .toString();
  }

  private static String eksToken(String url) {
    return "k8s-aws-v1."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(url.getBytes(US_ASCII));
  }

  @Test
  void proof_ofTheLongest_isAdmittedAtEachCall() {
    EchoClient client = channel.with(bench.signing(checkout));

    assertThat(client.say("hello")).startsWith(checkout.callerArn());
    assertThat(client.say("again")).startsWith(checkout.callerArn());
  }

  @Test
  void eksToken_ofTheLongest_isAdmittedAtEachCall() {
    EchoClient client = channel.withProof(eksToken(eksUrl()));

    assertThat(client.say("hello")).startsWith(checkout.callerArn());
    assertThat(client.say("again")).startsWith(checkout.callerArn());
  }

  @Test
  void eksToken_ofOneMore_isMalformed() {
    String longer = eksUrl().replace("X-Amz-Security-Token=", "X-Amz-Security-Token=a");

    SeenRefusal refusal = channel.withProof(eksToken(longer)).sayRefused();

    assertThat(refusal.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(refusal.reason()).isEqualTo("CREDENTIAL_MALFORMED");
  }

  @Test
  void client_withOneMore_sendsNothingAndSaysWhy() {
    AwsSessionCredentials longer =
        AwsSessionCredentials.create(
            checkout.accessKeyId(), checkout.secretAccessKey(), "a" + sessionToken());

    SeenRefusal refusal =
        channel
            .with(
                bench.closing(
                    bench
                        .signingOptions(checkout)
                        .credentialsProvider(StaticCredentialsProvider.create(longer))
                        .build()))
            .sayRefused();

    assertThat(refusal.code()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(refusal.description())
        .contains("the AWS credentials cannot be written as a proof")
        .contains("session token is up to 4096 characters");
    assertThat(server.arrived().availablePermits()).isZero();
  }
}
