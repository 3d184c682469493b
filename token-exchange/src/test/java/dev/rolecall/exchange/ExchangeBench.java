package dev.rolecall.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.rolecall.access.AccessControl;
import dev.rolecall.access.AccessControlBuilder;
import dev.rolecall.access.AuditRules;
import dev.rolecall.access.audit.AuditCondition;
import dev.rolecall.access.audit.AuditLog;
import dev.rolecall.access.audit.AuditRecord;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.jwt.json.JsonLimits;
import dev.rolecall.jwt.json.JsonReading;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.ring.SigningKeys;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.testsupport.ManualTime;
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
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A running exchange of stated proofs, on a clock that stands, and its client. */
final class ExchangeBench implements AutoCloseable {

  static final String ISSUER = "https://id.example/fleet";

  final ManualTime time = new ManualTime();
  final StatedScheme scheme = new StatedScheme();
  final List<AuditRecord> audit = new CopyOnWriteArrayList<>();
  final AccessControl access;
  final ExchangeServer server;

  private final HttpClient http;

  ExchangeBench() {
    this(UnaryOperator.identity(), UnaryOperator.identity(), HttpClient.newHttpClient());
  }

  /** One whose control has those options too. */
  static ExchangeBench controlled(UnaryOperator<AccessControlBuilder> control) {
    return new ExchangeBench(control, UnaryOperator.identity(), HttpClient.newHttpClient());
  }

  ExchangeBench(UnaryOperator<ExchangeServerBuilder> options, HttpClient http) {
    this(UnaryOperator.identity(), options, http);
  }

  private ExchangeBench(
      UnaryOperator<AccessControlBuilder> control,
      UnaryOperator<ExchangeServerBuilder> options,
      HttpClient http) {
    this.http = http;
    scheme.until(time.instant().plus(Duration.ofMinutes(10)));
    access =
        control
            .apply(
                AccessControl.builder(PolicySource.fixed(policy()))
                    .accept(scheme)
                    .audit(AuditRules.ofDefaults().to(log()).on(AuditCondition.BOTH))
                    .runtime(AccessRuntime.builder().clock(time).build()))
            .build();
    server =
        options
            .apply(
                ExchangeServer.builder(IssuerUrl.parse(ISSUER), access)
                    .keys(SigningKeys.inMemory(Algorithm.ES256, new SecureRandom()))
                    .drainSeconds(0))
            .start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static AccessPolicy policy() {
    return AccessPolicy.builder("exchange")
        .allow(
            "orders",
            List.of(PrincipalPattern.parse(StatedScheme.ACCOUNT + "checkout")),
            "/rolecall.exchange/orders",
            "/rolecall.exchange/https:%2F%2Forders.example%2Fapi")
        .allow(
            "agents",
            List.of(PrincipalPattern.parse(StatedScheme.ACCOUNT + "agent")),
            "/rolecall.exchange.actor/orders")
        .allow("keys", List.of(PrincipalPattern.parse("key:ci")), "/rolecall.exchange/orders")
        .publicMethods("/rolecall.exchange/open")
        .build();
  }

  private AuditLog log() {
    return audit::add;
  }

  /** The form of a good request of that role. */
  static Map<String, String> form(String proof) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", ExchangeRequest.GRANT);
    form.put("subject_token", proof);
    form.put("subject_token_type", ExchangeRequest.PROOF);
    form.put("audience", "orders");
    return form;
  }

  /** The same with those parameters; null takes one out. */
  static Map<String, String> form(String proof, String... changes) {
    Map<String, String> form = form(proof);
    for (int i = 0; i < changes.length; i += 2) {
      if (changes[i + 1].equals("-")) {
        form.remove(changes[i]);
      } else {
        form.put(changes[i], changes[i + 1]);
      }
    }
    return form;
  }

  static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  HttpResponse<String> post(Map<String, String> form) {
    return post(encoded(form));
  }

  HttpResponse<String> post(String body) {
    return send(request(body));
  }

  HttpRequest.Builder request(String body) {
    return HttpRequest.newBuilder(at("/fleet/token"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(at(path)).GET());
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

  URI at(String path) {
    String scheme = secure ? "https" : "http";
    return URI.create(scheme + "://localhost:" + server.address().getPort() + path);
  }

  private boolean secure;

  /** Has the client speak TLS. */
  ExchangeBench overTls() {
    secure = true;
    return this;
  }

  static JsonValue.Members json(HttpResponse<String> response) {
    return JsonReading.of(response.body().getBytes(UTF_8), new JsonLimits(65_536, 8, 200, 20))
        .fold(
            read -> read,
            flaw -> {
              throw new AssertionError(flaw + ": " + response.statusCode());
            });
  }

  @Override
  public void close() {
    server.close();
  }
}
