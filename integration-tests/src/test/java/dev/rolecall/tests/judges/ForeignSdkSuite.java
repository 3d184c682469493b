package dev.rolecall.tests.judges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Partition;
import dev.rolecall.identity.RefusalReason;
import dev.rolecall.stsemulator.EmulatedCredentials;
import dev.rolecall.stsemulator.StsEmulator;
import dev.rolecall.tests.fixture.Bench;
import dev.rolecall.verifier.StsVerifier;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * AWS's own signer and STS client in another language. The emulator takes what they send for a
 * request to STS, and proofs made from their signatures are good.
 *
 * <p>An heir names a program that is told an STS's URL, a Region and a role to assume, has its
 * credentials in the environment, and prints a line for each of:
 *
 * <ul>
 *   <li>{@code identity}: the ARN that its STS client is answered
 *   <li>{@code assumed}: the same, after assuming the role
 *   <li>{@code forged}: the error's code, with another secret key
 *   <li>{@code presigned}: a URL that signs {@code x-rolecall-audience: orders}
 *   <li>{@code proof}: a {@code rolecall-v1} proof for {@code orders}
 *   <li>{@code eks}: an EKS token for the cluster {@code orders}
 * </ul>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ForeignSdkSuite {

  private static final String AUDIT = "arn:aws:iam::444455556666:role/audit";

  private final StsEmulator emulator = StsEmulator.start();
  private final EmulatedCredentials checkout =
      emulator.addRole("arn:aws:iam::111122223333:role/checkout");
  private final CallerLookup callers =
      CallerLookup.by(
          StsVerifier.forAudience(Audience.of("orders"))
              .acceptCustomEndpoint(emulator.endpoint(), "eu-west-1", Partition.AWS)
              .lookUpTimeout(Bench.LOOK_UP_TIMEOUT)
              .acceptEksTokens());
  private Map<String, String> said = Map.of();

  /** The program; empty where this machine does not have it. */
  abstract Optional<Program> program();

  /** What would have to be done for this machine to have it. */
  abstract String howToGetIt();

  @BeforeAll
  void sign() {
    emulator.addRole(AUDIT);
    Optional<Program> program = program();
    if (program.isEmpty()) {
      return;
    }
    said =
        program
            .get()
            .and(emulator.endpoint().toString(), "eu-west-1", AUDIT)
            .signingAs(checkout)
            .run()
            .orElseThrow()
            .goodOutput()
            .lines()
            .map(line -> line.split(" ", 2))
            .collect(Collectors.toMap(line -> line[0], line -> line[1]));
  }

  /** Skips each test, so that each is counted as skipped. */
  @BeforeEach
  void judgeIsThere() {
    assumeFalse(said.isEmpty(), this::howToGetIt);
  }

  @AfterAll
  void stop() {
    callers.close();
    emulator.close();
  }

  @Test
  void stsClient_ofARole_isToldTheRole() {
    assertThat(said("identity")).isEqualTo(checkout.callerArn());
  }

  @Test
  void stsClient_thatAssumesARole_isToldThatRole() {
    assertThat(said("assumed"))
        .isEqualTo("arn:aws:sts::444455556666:assumed-role/audit/from-checkout");
  }

  @Test
  void stsClient_withAnotherSecret_isRefused() {
    assertThat(said("forged")).isEqualTo("SignatureDoesNotMatch");
  }

  @Test
  void presigned_sentWithTheHeaderThatWasSigned_isAnswered() throws Exception {
    HttpResponse<String> answer = send("orders");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"Arn\":\"" + checkout.callerArn() + "\"");
  }

  @Test
  void presigned_sentWithAnotherHeader_isRefused() throws Exception {
    HttpResponse<String> answer = send("billing");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("\"Code\":\"SignatureDoesNotMatch\"");
  }

  @Test
  void proof_fromItsSignature_isVerified() {
    assertVerified("proof");
  }

  @Test
  void proof_withOneDigitOfItsSignatureChanged_isRefusedBySts() {
    String proof = said("proof");
    String[] fields = proof.split("~");
    char last = fields[7].charAt(63);
    fields[7] = fields[7].substring(0, 63) + (last == '0' ? '1' : '0');

    Refusals.assertRefused(verify(String.join("~", fields)), RefusalReason.ISSUER_REFUSED);
  }

  @Test
  void eksToken_ofItsSigner_isVerified() {
    assertVerified("eks");
  }

  /** One line, and never all: a failing assertion would print the proofs too. */
  private String said(String what) {
    return said.getOrDefault(what, "");
  }

  private void assertVerified(String what) {
    Verification verification = verify(said(what));

    assertThat(verification).isInstanceOf(Verification.Verified.class);
    assertThat(((Verification.Verified) verification).caller()).hasToString(checkout.callerArn());
  }

  private Verification verify(String text) {
    return callers.find(Credential.bearer(text), Connection.withoutTls("127.0.0.1")).join();
  }

  private HttpResponse<String> send(String audience) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(said("presigned")))
                .header("Accept", "application/json")
                .header("x-rolecall-audience", audience)
                .build(),
            BodyHandlers.ofString());
  }
}
