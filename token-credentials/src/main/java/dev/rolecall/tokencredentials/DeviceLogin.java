package dev.rolecall.tokencredentials;

import dev.rolecall.identity.internal.InvalidValue;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.tokencredentials.internal.Endpoint;
import dev.rolecall.tokencredentials.internal.Form;
import dev.rolecall.tokencredentials.internal.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * A login at another device that has begun: what the person is shown, and the question whether they
 * are done. Not safe for use by several threads at once.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8628">RFC 8628</a>
 */
public final class DeviceLogin {

  private static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
  private static final Duration SLOWER = Duration.ofSeconds(5);
  private static final long USUAL_INTERVAL = 5;
  private static final long MOST_INTERVAL = 60;
  private static final long MOST_SECONDS = 3_600;

  private final TokenEndpoint endpoint;
  private final Clock clock;
  private final String deviceCode;
  private final Shown shown;
  private final Instant end;
  private Duration interval;

  /**
   * What the person is shown; printable.
   *
   * @param userCode the code to type
   * @param address the page to open
   * @param complete the page with the code in it, if the issuer has one
   */
  public record Shown(String userCode, URI address, Optional<URI> complete) {}

  private DeviceLogin(
      TokenEndpoint endpoint,
      Clock clock,
      String deviceCode,
      Shown shown,
      Duration life,
      Duration interval) {
    this.endpoint = endpoint;
    this.clock = clock;
    this.deviceCode = deviceCode;
    this.shown = shown;
    this.end = clock.instant().plus(life);
    this.interval = interval;
  }

  static CompletionStage<DeviceLogin> begin(
      TokenEndpoint endpoint,
      HttpExchange exchange,
      ProviderMetadata known,
      UserLogin.Wish wish,
      Clock clock) {
    URI device =
        known
            .device()
            .orElseThrow(
                () ->
                    TokenFailure.lasting(
                        Endpoint.host(known.token())
                            + " publishes no device_authorization_endpoint: log in by the browser"));
    Form form = new Form().add("client_id", endpoint.client().clientId());
    wish.addTo(form);
    return exchange
        .post(device, form, Optional.empty())
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                throw TokenFailure.unreachable(device, failure);
              }
              JsonValue.Members members =
                  new TokenAnswer(device, List.of(), clock.instant()).members(answer);
              return read(endpoint, clock, Endpoint.host(device), members);
            });
  }

  private static DeviceLogin read(
      TokenEndpoint endpoint, Clock clock, String host, JsonValue.Members members) {
    String deviceCode = members.text("device_code").orElse("");
    String userCode = members.text("user_code").orElse("");
    // Some issuers write the name as drafts had it.
    Optional<URI> address = address(members, "verification_uri");
    address = address.isPresent() ? address : address(members, "verification_url");
    if (deviceCode.isEmpty() || userCode.isEmpty() || address.isEmpty()) {
      throw TokenFailure.unreadable(host, "no device_code, user_code or verification_uri");
    }
    long life = members.whole("expires_in").orElse(0L);
    long pause = members.whole("interval").orElse(USUAL_INTERVAL);
    return new DeviceLogin(
        endpoint,
        clock,
        deviceCode,
        new Shown(
            InvalidValue.printable(userCode),
            address.get(),
            address(members, "verification_uri_complete")),
        seconds(life, MOST_SECONDS),
        seconds(pause, MOST_INTERVAL));
  }

  private static Duration seconds(long said, long most) {
    return Duration.ofSeconds(Math.max(1, Math.min(said, most)));
  }

  private static Optional<URI> address(JsonValue.Members members, String name) {
    return members
        .text(name)
        .flatMap(
            text -> {
              try {
                return Optional.of(URI.create(text)).filter(Endpoint::isWellFormed);
              } catch (IllegalArgumentException e) {
                return Optional.empty();
              }
            });
  }

  /** What the person is shown. */
  public Shown shown() {
    return shown;
  }

  /** The pause before each question. */
  public Duration interval() {
    return interval;
  }

  /** Whether the codes have ended, so that no question is of use. */
  public boolean isOver() {
    return !clock.instant().isBefore(end);
  }

  /**
   * Asks once whether the person is done. Ask after {@link #interval}, which may have grown since.
   *
   * @return empty if they are not; fails with {@link TokenUnavailableException} if they refused, or
   *     the issuer cannot be asked
   * @throws IOException if the file of trusted certificates cannot be read
   */
  public CompletionStage<Optional<LoginTokens>> tokens() throws IOException {
    Form form = new Form().add("grant_type", GRANT).add("device_code", deviceCode);
    CompletableFuture<Optional<LoginTokens>> answered = new CompletableFuture<>();
    var unused =
        endpoint
            .ask(form, List.of(deviceCode))
            .whenComplete(
                (answer, failure) -> {
                  if (failure == null) {
                    answered.complete(Optional.of(LoginTokens.of(answer)));
                  } else if (isPending(failure)) {
                    answered.complete(Optional.empty());
                  } else {
                    answered.completeExceptionally(TokenFailure.notLoaded(failure));
                  }
                });
    return answered;
  }

  private boolean isPending(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    String error = cause instanceof TokenUnavailableException known ? known.error().orElse("") : "";
    if (error.equals("slow_down")) {
      interval = interval.plus(SLOWER);
      return true;
    }
    return error.equals("authorization_pending");
  }

  /** Names the page and no code. */
  @Override
  public String toString() {
    return "DeviceLogin[" + shown.address() + "]";
  }
}
