package dev.rolecall.tests.exchange;

import static dev.rolecall.tests.exchange.ExchangeScene.ACCOUNT;
import static dev.rolecall.tests.exchange.ExchangeScene.token;
import static dev.rolecall.tests.exchange.ExchangeScene.verified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.client.WebIdentityCallCredentials;
import dev.rolecall.exchange.ExchangeServer;
import dev.rolecall.identity.Partition;
import dev.rolecall.stsemulator.protocol.StsAction;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.tokens.TokenIssuer;
import dev.rolecall.verifier.StsVerifier;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;

/**
 * Calls to STS in one life of a token, without renewal: of a fleet that calls one service with
 * twenty replicas, or twenty services. Clients and verifiers are real; the emulator counts.
 */
@Tag("attack")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
final class StsCallsTest {

  /** CI asks for a hundred. */
  private static final int CALLERS = Integer.getInteger("rolecall.exchange.callers", 10);

  /** Twenty services take twenty times as long, and count the same way. */
  private static final int CALLERS_OF_TWENTY = Math.max(2, CALLERS / 10);

  private static final int REPLICAS = 20;
  private static final String ONE_SERVICE = "inventory";
  private static final List<String> TWENTY_SERVICES =
      IntStream.rangeClosed(1, 20).mapToObj(number -> "service-" + number).toList();

  @RegisterExtension
  static final RolecallExtension ROLECALL = RolecallExtension.forAudience(ExchangeScene.SELF);

  @TempDir static Path folder;

  private ExchangeScene scene;
  private ExchangeServer exchange;
  private URI federation;

  @BeforeAll
  void start() {
    scene = new ExchangeScene(ROLECALL, folder);
    exchange = scene.replica();
    federation = ROLECALL.sts().outboundFederation().enable("111122223333");
  }

  /** Of another fleet for each test: the exchange remembers a proof that it has seen. */
  private static List<String> ofEach(int callers, Function<String, String> credential) {
    return IntStream.range(0, callers)
        .mapToObj(number -> credential.apply("fleet-of-" + callers + "-" + number))
        .toList();
  }

  private static CallerLookup proofs(String audience) {
    return CallerLookup.by(
        StsVerifier.forAudience(audience)
            .acceptPartitions(Set.of())
            .acceptCustomEndpoint(ROLECALL.sts().endpoint(), Region.US_EAST_1.id(), Partition.AWS));
  }

  private CallerLookup webIdentity(String audience) {
    return CallerLookup.by(
        TokenIssuer.ofWebIdentity("111122223333", federation.toString())
            .allowPlainHttpOnLoopback()
            .forAudience(audience));
  }

  private CallerLookup exchanged(String audience) {
    return scene.server(exchange, audience);
  }

  private static String webIdentityToken(String role, String audience) {
    try (WebIdentityCallCredentials credentials =
        WebIdentityCallCredentials.builder(audience)
            .credentialsProvider(ROLECALL.awsCredentials(ACCOUNT + role))
            .endpoint(ROLECALL.sts().endpoint(), Region.US_EAST_1)
            .build()) {
      return credentials.token(Runnable::run).toCompletableFuture().join().text();
    }
  }

  private String exchangedToken(String role, String audience) {
    return token(scene.post(exchange, scene.proof(role), audience, ""));
  }

  /** Calls so many servers, each of which has seen none of the credentials, and closes them. */
  private static void call(
      int servers,
      Function<String, CallerLookup> start,
      String audience,
      List<String> credentials) {
    for (int server = 0; server < servers; server++) {
      try (CallerLookup started = start.apply(audience)) {
        assertThat(credentials)
            .allSatisfy(
                each ->
                    assertThat(verified(started, each)).isInstanceOf(Verification.Verified.class));
      }
    }
  }

  private static long asked(Runnable calls) {
    long before = ROLECALL.sts().requests().total();
    calls.run();
    return ROLECALL.sts().requests().total() - before;
  }

  @Test
  void proofs_areAskedAboutByEachReplica() {
    assertThat(
            asked(
                () ->
                    call(
                        REPLICAS,
                        StsCallsTest::proofs,
                        ONE_SERVICE,
                        ofEach(CALLERS, role -> scene.proof(role, ONE_SERVICE)))))
        .isEqualTo((long) CALLERS * REPLICAS);
  }

  @Test
  void webIdentityTokens_areAskedForOnceByEachCaller() {
    long tokens = ROLECALL.sts().requests().of(StsAction.GET_WEB_IDENTITY_TOKEN);

    assertThat(
            asked(
                () ->
                    call(
                        REPLICAS,
                        this::webIdentity,
                        ONE_SERVICE,
                        ofEach(CALLERS, role -> webIdentityToken(role, ONE_SERVICE)))))
        .isEqualTo(CALLERS);
    assertThat(ROLECALL.sts().requests().of(StsAction.GET_WEB_IDENTITY_TOKEN) - tokens)
        .isEqualTo(CALLERS);
  }

  @Test
  void exchangedTokens_areAskedAboutOnceForEachCaller() {
    assertThat(
            asked(
                () ->
                    call(
                        REPLICAS,
                        this::exchanged,
                        ONE_SERVICE,
                        ofEach(CALLERS, role -> exchangedToken(role, ONE_SERVICE)))))
        .isEqualTo(CALLERS);
  }

  private long askedForTwentyServices(
      Function<String, CallerLookup> start, Function<String, Function<String, String>> credential) {
    return asked(
        () ->
            TWENTY_SERVICES.forEach(
                service ->
                    call(1, start, service, ofEach(CALLERS_OF_TWENTY, credential.apply(service)))));
  }

  @Test
  void proofs_ofTwentyServices_areAskedAboutByEach() {
    assertThat(
            askedForTwentyServices(
                StsCallsTest::proofs, service -> role -> scene.proof(role, service)))
        .isEqualTo(20L * CALLERS_OF_TWENTY);
  }

  @Test
  void webIdentityTokens_ofTwentyServices_areAskedForOnceForEach() {
    assertThat(
            askedForTwentyServices(
                this::webIdentity, service -> role -> webIdentityToken(role, service)))
        .isEqualTo(20L * CALLERS_OF_TWENTY);
  }

  /** The exchange remembers the proof: a caller needs one for all services. */
  @Test
  void exchangedTokens_ofTwentyServices_areAskedAboutOnceForEachCaller() {
    assertThat(
            askedForTwentyServices(
                this::exchanged, service -> role -> exchangedToken(role, service)))
        .isEqualTo(CALLERS_OF_TWENTY);
  }
}
