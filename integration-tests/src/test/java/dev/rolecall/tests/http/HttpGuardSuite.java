package dev.rolecall.tests.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.client.ProofSource;
import dev.rolecall.identity.Audience;
import dev.rolecall.policy.document.PolicyFile;
import dev.rolecall.stsemulator.Fault;
import dev.rolecall.testing.RolecallExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.regions.Region;

/** The answers of a server of plain HTTP, whatever server it is. */
@Tag("attack")
@Timeout(120)
abstract class HttpGuardSuite {

  static final String SERVICE = "http.Orders";

  private static final String CHECKOUT = "arn:aws:iam::111122223333:role/checkout";
  private static final String REPORTS = "arn:aws:iam::111122223333:role/reports";

  @RegisterExtension final RolecallExtension rolecall = RolecallExtension.forAudience("orders");

  private final HeldLookUps lookUps = new HeldLookUps();

  /** One for each role, so that its calls bring one proof. */
  private final Map<String, ProofSource> proofsByRole = new HashMap<>();

  private final HttpClient http = HttpClient.newHttpClient();
  private URI uri = URI.create("http://127.0.0.1/");

  /**
   * Starts a server whose handlers answer with their caller, on one thread.
   *
   * @return its port
   */
  abstract int start(HttpDoor door, ExecutorService oneThread) throws Exception;

  @BeforeEach
  void startServer() throws Exception {
    ExecutorService oneThread = Executors.newSingleThreadExecutor();
    rolecall.closing(oneThread::shutdownNow);
    rolecall.closing(lookUps);
    AccessControl access = rolecall.closing(access(policyFile(), scheme()));
    uri =
        URI.create(
            "http://127.0.0.1:" + start(new HttpDoor(access, oneThread), oneThread) + "/orders");
  }

  /** The extension's verifier, whose look-ups the test can hold. */
  private Scheme scheme() {
    AccessRuntime held = rolecall.closing(AccessRuntime.builder().lookUpExecutor(lookUps).build());
    return unused -> rolecall.verifier().verifier(held);
  }

  private static AccessControl access(Path policyFile, Scheme scheme) {
    // region access
    AccessControl access =
        AccessControl.builder(PolicyFile.follow(policyFile)).accept(scheme).build();
    // endregion
    return access;
  }

  private static Path policyFile() throws Exception {
    return Path.of(requireNonNull(HttpGuardSuite.class.getResource("orders.yaml")).toURI());
  }

  private CompletableFuture<HttpResponse<String>> getAs(String role) {
    ProofSource proofs = proofsByRole.computeIfAbsent(role, this::proofs);
    return new HttpCaller(proofs, Runnable::run).get(uri).toCompletableFuture();
  }

  private ProofSource proofs(String role) {
    return rolecall.closing(
        ProofSource.builder(Audience.of("orders"))
            .credentialsProvider(rolecall.awsCredentials(role))
            .endpoint(rolecall.sts().endpoint(), Region.US_EAST_1)
            .build());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(uri);
  }

  @Test
  void get_ofARoleThatMay_isServed_andKnowsItsCaller() {
    HttpResponse<String> first = getAs(CHECKOUT).join();
    HttpResponse<String> again = getAs(CHECKOUT).join();

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.body()).isEqualTo("orders for " + CHECKOUT);
    assertThat(again.body()).isEqualTo(first.body());
  }

  @Test
  void get_ofARoleThatMayNot_isForbidden() {
    HttpResponse<String> refused = getAs(REPORTS).join();

    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).startsWith("METHOD_NOT_ALLOWED: ");
    assertThat(refused.headers().map()).doesNotContainKey("www-authenticate");
  }

  @Test
  void get_withoutProof_isUnauthenticated_andTellsTheScheme() {
    HttpResponse<String> refused = send(request());

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).startsWith("CREDENTIAL_MISSING: ");
    assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(rolecall.sts().requests().total()).isZero();
  }

  @Test
  void get_withTwoCredentials_isUnauthenticated() {
    HttpResponse<String> refused =
        send(request().header("Authorization", "Bearer a").header("Authorization", "Bearer b"));

    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).startsWith("CREDENTIALS_AMBIGUOUS: ");
  }

  @Test
  void post_ofARoleThatMayOnlyRead_isForbidden() {
    HttpResponse<String> first = getAs(CHECKOUT).join();
    String proof = first.request().headers().firstValue("Authorization").orElseThrow();

    HttpResponse<String> refused =
        send(request().header("Authorization", proof).POST(HttpRequest.BodyPublishers.noBody()));

    assertThat(refused.statusCode()).isEqualTo(403);
  }

  @Test
  void method_madeUpByTheClient_isForbidden() {
    String proof =
        getAs(CHECKOUT).join().request().headers().firstValue("Authorization").orElseThrow();

    assertThat(
            send(request()
                    .header("Authorization", proof)
                    .method("GET*", HttpRequest.BodyPublishers.noBody()))
                .statusCode())
        .isBetween(400, 403);
  }

  @Test
  void head_thatIsPublic_isServedWithoutProof() {
    HttpResponse<String> head = send(request().method("HEAD", HttpRequest.BodyPublishers.noBody()));

    assertThat(head.statusCode()).isEqualTo(200);
  }

  @Test
  void get_duringAnOutage_isUnavailable_andTellsWhenToTryAgain() {
    rolecall.sts().fail(Fault.serviceUnavailable());

    HttpResponse<String> refused = getAs(CHECKOUT).join();

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).startsWith("ISSUER_UNAVAILABLE: ");
    assertThat(refused.headers().firstValueAsLong("Retry-After")).isPresent();
    assertThat(refused.headers().map()).doesNotContainKey("www-authenticate");
  }

  @Test
  void get_whileAnotherCallerIsLookedUp_isServedByTheOneThread() {
    assertThat(getAs(CHECKOUT).join().statusCode()).isEqualTo(200);
    lookUps.hold();

    CompletableFuture<HttpResponse<String>> stranger = getAs(REPORTS);
    await().atMost(1, TimeUnit.MINUTES).until(lookUps::hasWork);
    HttpResponse<String> known = getAs(CHECKOUT).join();

    assertThat(known.statusCode()).isEqualTo(200);
    assertThat(stranger).isNotDone();
    lookUps.letGo();
    assertThat(stranger.join().statusCode()).isEqualTo(403);
  }
}
