package dev.rolecall.tokens.internal.introspection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.rolecall.access.scheme.Issuer;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.jwt.json.JsonLimits;
import dev.rolecall.jwt.json.JsonReading;
import dev.rolecall.jwt.json.JsonValue;
import dev.rolecall.tokens.internal.http.IssuerExchanges;
import dev.rolecall.tokens.internal.http.IssuerFailure;
import dev.rolecall.tokens.internal.http.IssuerFailures;
import dev.rolecall.tokens.internal.http.IssuerOutcome;
import dev.rolecall.tokens.internal.http.IssuerRequest;
import dev.rolecall.tokens.internal.http.IssuerResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Asks one issuer about opaque tokens. Safe for use by many threads; never blocks: the file of this
 * server's secret is read on a thread for that.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662">RFC 7662</a>
 */
public final class Introspector implements Issuer {

  private static final int MOST_BYTES = 65_536;
  private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 8, 1_000, 20);
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final CompletableFuture<Boolean> YES = CompletableFuture.completedFuture(true);
  private static final CompletableFuture<Boolean> NO = CompletableFuture.completedFuture(false);

  /** A token that no issuer has given out: the verifier's own question. */
  private static final String OF_NO_CALLER = "rolecall-asks-whether-introspection-answers";

  private final IssuerAlias alias;
  private final IntrospectionSettings settings;
  private final IssuerExchanges exchanges;
  private final IssuerFailures failures;
  private final Executor files;
  private final IntrospectionHealth health;

  private final Object lock = new Object();
  private @Nullable CompletableFuture<Boolean> probe;

  /**
   * Of an issuer.
   *
   * @param files runs what reads a file
   */
  public Introspector(
      IssuerAlias alias,
      IntrospectionSettings settings,
      IssuerExchanges exchanges,
      IssuerFailures failures,
      Executor files) {
    this.alias = requireNonNull(alias, "alias");
    this.settings = requireNonNull(settings, "settings");
    this.exchanges = requireNonNull(exchanges, "exchanges");
    this.failures = requireNonNull(failures, "failures");
    this.files = requireNonNull(files, "files");
    this.health = new IntrospectionHealth(alias, exchanges.runtime());
    failures.declare(alias);
  }

  /**
   * Asks about a token. Completes on an executor of the runtime; exceptionally for a defect alone.
   */
  public CompletableFuture<IssuerOutcome<JsonValue.Members>> ask(String token) {
    return ask(token, false);
  }

  private CompletableFuture<IssuerOutcome<JsonValue.Members>> ask(String token, boolean own) {
    return CompletableFuture.supplyAsync(this::authorization, files)
        .thenCompose(
            ours ->
                ours.fold(
                    authorization ->
                        exchanges.send(request(token, authorization), IssuerExchanges.LIMIT),
                    failure -> CompletableFuture.completedFuture(IssuerOutcome.bad(failure))))
        .thenApply(
            reply -> {
              IssuerOutcome<JsonValue.Members> said = reply.then(Introspector::read);
              note(said, own);
              return said;
            });
  }

  private IssuerOutcome<String> authorization() {
    try {
      return IssuerOutcome.good(new ClientFile(settings.clientFile()).authorization());
    } catch (IOException e) {
      // The message may name the file's content; the failure's own words do not.
      return IssuerOutcome.bad(IssuerFailure.CLIENT_FILE);
    }
  }

  private IssuerRequest request(String token, String authorization) {
    String form = "token=" + URLEncoder.encode(token, UTF_8) + "&token_type_hint=access_token";
    return IssuerRequest.post(settings.endpoint(), MOST_BYTES, authorization, form);
  }

  private static IssuerOutcome<JsonValue.Members> read(IssuerResponse response) {
    if (response.failure().isPresent()) {
      return IssuerOutcome.bad(
          isAboutUs(response) ? IssuerFailure.OWN_CREDENTIALS : response.failure().get());
    }
    return JsonReading.of(response.body(), LIMITS)
        .fold(IssuerOutcome::good, flaw -> IssuerOutcome.bad(IssuerFailure.MALFORMED));
  }

  /** Some issuers say {@code invalid_client} with 400 (RFC 6749, section 5.2). */
  private static boolean isAboutUs(IssuerResponse response) {
    return response.status() == UNAUTHORIZED
        || response.status() == FORBIDDEN
        || (response.status() == BAD_REQUEST
            && JsonReading.of(response.body(), LIMITS)
                .fold(
                    body -> body.text("error").map("invalid_client"::equals).orElse(false),
                    flaw -> false));
  }

  private void note(IssuerOutcome<JsonValue.Members> said, boolean own) {
    said.fold(
        good -> {
          health.answers();
          return true;
        },
        failure -> {
          failures.count(alias, failure);
          health.failed(failure, own);
          return false;
        });
  }

  @Override
  public boolean isAway() {
    return health.isAway();
  }

  @Override
  public CompletableFuture<Boolean> answersQuestion() {
    if (health.hasJustAnswered()) {
      return YES;
    }
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    synchronized (lock) {
      if (probe != null) {
        return probe;
      }
      if (!health.mayBeAsked()) {
        return NO;
      }
      probe = mine;
    }
    var unused =
        ask(OF_NO_CALLER, true)
            .whenComplete(
                (said, defect) -> {
                  synchronized (lock) {
                    probe = null;
                  }
                  if (said != null) {
                    mine.complete(said.fold(good -> true, failure -> false));
                  } else {
                    mine.completeExceptionally(requireNonNull(defect, "defect"));
                  }
                });
    return mine;
  }

  @Override
  public Duration retryAfter() {
    return health.retryAfter();
  }
}
