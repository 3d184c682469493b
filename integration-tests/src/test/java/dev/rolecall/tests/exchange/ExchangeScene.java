package dev.rolecall.tests.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.lookup.CallerLookup;
import dev.rolecall.access.scheme.Connection;
import dev.rolecall.access.scheme.Credential;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.client.ProofSource;
import dev.rolecall.exchange.ExchangeServer;
import dev.rolecall.exchange.IssuerUrl;
import dev.rolecall.identity.Audience;
import dev.rolecall.jwt.json.JsonLimits;
import dev.rolecall.jwt.json.JsonReading;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.ring.KeyRingFile;
import dev.rolecall.jwt.ring.SigningKeys;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.document.PolicyDocument;
import dev.rolecall.proof.ProofBinding;
import dev.rolecall.testing.RolecallExtension;
import dev.rolecall.tests.fixture.SecretsWatch;
import dev.rolecall.tests.secrets.RunRecord;
import dev.rolecall.tokens.IssuerProfile;
import dev.rolecall.tokens.TokenIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;

/** Two replicas of an exchange with one key ring, their callers, and servers that take tokens. */
final class ExchangeScene {

  static final String ACCOUNT = "arn:aws:iam::111122223333:role/";
  static final String ISSUER = "https://id.example";
  static final String SELF = "exchange";

  private static final SecretsWatch SECRETS = new SecretsWatch(RunRecord.ofThisRun());
  private static final String GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String PROOF = "urn:rolecall:params:oauth:token-type:sts-proof";

  // region policy
  private static final String SHOWN =
      """
      name: exchange
      allow_rules:
        - name: checkout calls orders
          source: {principals: ["arn:aws:iam::111122223333:role/checkout"]}
          request: {paths: ["/rolecall.exchange/orders"]}
        - name: the agent acts for others at orders
          source: {principals: ["arn:aws:iam::111122223333:role/agent"]}
          request: {paths: ["/rolecall.exchange.actor/orders"]}
        - name: the fleet calls inventory
          source: {principals: ["arn:aws:iam::111122223333:role/fleet-*"]}
          request: {paths: ["/rolecall.exchange/inventory"]}
      """;

  // endregion

  private static final String TWENTY_SERVICES =
      """
      - name: the fleet calls twenty services
        source: {principals: ["arn:aws:iam::111122223333:role/fleet-*"]}
        request: {paths: ["/rolecall.exchange/service-*"]}
      """
          .indent(2);

  private static final String POLICY = SHOWN + TWENTY_SERVICES;

  final KeyRingFile ring;

  private final RolecallExtension rolecall;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, ProofSource> proofs = new ConcurrentHashMap<>();

  /** With keys of RSA, as an exchange has them by default. */
  ExchangeScene(RolecallExtension rolecall, Path folder) {
    this(rolecall, folder, Algorithm.RS256);
  }

  ExchangeScene(RolecallExtension rolecall, Path folder, Algorithm algorithm) {
    this.rolecall = rolecall;
    this.ring = KeyRingFile.at(folder.resolve("ring-" + algorithm + ".json"));
    assertThat(ring.create(algorithm, rolecall.clock().instant(), new SecureRandom())).hasSize(2);
  }

  /** A replica on a free port. */
  ExchangeServer replica() {
    // region server
    AccessControl access =
        AccessControl.builder(
                PolicySource.fixed(PolicyDocument.load("exchange.yaml", POLICY.getBytes(UTF_8))))
            .accept(rolecall.verifier())
            .build();
    ExchangeServer server =
        ExchangeServer.builder(IssuerUrl.parse(ISSUER), access)
            .keys(SigningKeys.follow(ring.path(), Duration.ofMillis(100)))
            .start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    // endregion
    return rolecall.closing(server);
  }

  /** A server that takes the tokens for that audience, by the keys that the replica publishes. */
  CallerLookup server(ExchangeServer keys, String audience) {
    return rolecall.closing(
        CallerLookup.by(
            TokenIssuer.of("exchange", ISSUER)
                .profile(IssuerProfile.ROLECALL)
                .keySetUrl(at(keys, "/jwks.json"))
                .allowPlainHttpOnLoopback()
                .forAudience(audience)));
  }

  static Verification verified(CallerLookup server, String token) {
    return server.find(Credential.bearer(token), Connection.withoutTls("192.0.2.1")).join();
  }

  /** A proof of that role for the exchange; the same one until it is renewed. */
  String proof(String role) {
    return proof(role, SELF);
  }

  String proof(String role, String audience) {
    return proofs
        .computeIfAbsent(role + " " + audience, key -> source(role, audience))
        .proof(ProofBinding.bearer(), Runnable::run)
        .toCompletableFuture()
        .join()
        .text();
  }

  private ProofSource source(String role, String audience) {
    return rolecall.closing(
        ProofSource.builder(Audience.of(audience))
            .credentialsProvider(rolecall.awsCredentials(ACCOUNT + role))
            .endpoint(rolecall.sts().endpoint(), Region.US_EAST_1)
            .build());
  }

  HttpResponse<String> post(ExchangeServer replica, String proof, String audience, String actor) {
    String form =
        Map.of(
                "grant_type", GRANT,
                "subject_token", proof,
                "subject_token_type", PROOF,
                "audience", audience)
            .entrySet()
            .stream()
            .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    String acting =
        actor.isEmpty()
            ? ""
            : "&actor_token="
                + URLEncoder.encode(actor, UTF_8)
                + "&actor_token_type="
                + URLEncoder.encode(PROOF, UTF_8);
    return send(
        HttpRequest.newBuilder(at(replica, "/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form + acting)));
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static URI at(ExchangeServer replica, String path) {
    return URI.create("http://127.0.0.1:" + replica.address().getPort() + path);
  }

  /** The token that the role gets for that audience. */
  String token(ExchangeServer replica, String role, String audience) {
    return token(post(replica, proof(role), audience, ""));
  }

  static String token(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    String token = json(answer).text("access_token").orElseThrow();
    SECRETS.addSecretsOfToken(token);
    return token;
  }

  static JsonValue.Members json(HttpResponse<String> answer) {
    return JsonReading.of(answer.body().getBytes(UTF_8), new JsonLimits(65_536, 4, 100, 20))
        .fold(
            read -> read,
            flaw -> {
              throw new AssertionError(flaw);
            });
  }
}
