package dev.rolecall.proxy.envoy;

import static dev.rolecall.proxy.envoy.DeniedAnswers.header;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rolecall.access.Admission;
import dev.rolecall.proxy.IdentityHeaders;
import dev.rolecall.proxy.envoy.v3.CheckResponse;
import dev.rolecall.proxy.envoy.v3.OkHttpResponse;
import dev.rolecall.proxy.internal.check.RequestHeaders;
import dev.rolecall.proxy.internal.format.GrpcTimeout;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * The answers that let a call go on. Each sets or removes every header that tells who called, and
 * removes the credential and what is for proxies alone.
 *
 * <p>An answer that says nothing of its call but who called is kept. Key: the headers it sets.
 * Size: at most 10,000. Lifetime: five minutes, which is longer than a token is passed on.
 */
final class AllowedAnswers {

  private static final int MOST = 10_000;
  private static final Duration LIFE = Duration.ofMinutes(5);

  private record Key(IdentityHeaders identity, boolean keepsAuthorization) {}

  private final Cache<Key, CheckAnswer> prepared;
  private final CheckedAudience audience;
  private final Clock clock;

  AllowedAnswers(CheckedAudience audience, Clock clock, LongSupplier ticker) {
    this.audience = audience;
    this.clock = clock;
    this.prepared =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(LIFE)
            .ticker(ticker::getAsLong)
            .executor(Runnable::run)
            .build();
  }

  /** The answer to an admitted call, which goes on with those headers. */
  CheckAnswer of(CheckedCall call, Admission admission, IdentityHeaders identity) {
    boolean keepsAuthorization =
        audience.extras().keepsAuthorization() || call.route().keepsAuthorization();
    Set<String> forged = call.headers().reserved();
    Optional<String> timeout = timeout(call.headers(), admission);
    if (forged.isEmpty() && timeout.isEmpty() && !audience.extras().metadata()) {
      return prepared(call.client(), identity, keepsAuthorization);
    }
    Key key = new Key(identity, keepsAuthorization);
    OkHttpResponse.Builder ok = ok(key).addAllHeadersToRemove(forged);
    timeout.ifPresent(value -> ok.addHeaders(header(GrpcTimeout.NAME, value)));
    CheckResponse.Builder response = CheckResponse.newBuilder().setOkResponse(ok);
    if (audience.extras().metadata()) {
      response.setDynamicMetadata(LogMetadata.of(audience.name(), admission.caller()).build());
    }
    return CheckAnswer.allowed(response.build());
  }

  private CheckAnswer prepared(
      CheckConnection client, IdentityHeaders identity, boolean keepsAuthorization) {
    CheckAnswer last = client.answer(identity, keepsAuthorization);
    if (last != null) {
      return last;
    }
    CheckAnswer made = prepared.get(new Key(identity, keepsAuthorization), AllowedAnswers::prepare);
    client.answered(identity, keepsAuthorization, made);
    return made;
  }

  private static CheckAnswer prepare(Key key) {
    return CheckAnswer.allowed(CheckResponse.newBuilder().setOkResponse(ok(key)).build());
  }

  private static OkHttpResponse.Builder ok(Key key) {
    OkHttpResponse.Builder ok = OkHttpResponse.newBuilder();
    Set<String> removed = new TreeSet<>(IdentityHeaders.NAMES);
    removed.add(RequestHeaders.GRANT);
    if (!key.keepsAuthorization()) {
      removed.add(RequestHeaders.AUTHORIZATION);
    }
    // Envoy removes after it has set, so a name must not stand in both lists.
    key.identity()
        .values()
        .forEach(
            (name, value) -> {
              ok.addHeaders(header(name, value));
              removed.remove(name);
            });
    return ok.addAllHeadersToRemove(removed);
  }

  /** The timeout to set; empty if the call's own is to stay. */
  private Optional<String> timeout(RequestHeaders headers, Admission admission) {
    if (!audience.extras().limitsDeadline() || admission.endMillis() == Long.MAX_VALUE) {
      return Optional.empty();
    }
    Duration left = Duration.ofMillis(admission.endMillis() - clock.millis());
    List<String> asked = headers.values(GrpcTimeout.NAME);
    return asked.size() == 1 && GrpcTimeout.isWithin(asked.get(0), left)
        ? Optional.empty()
        : Optional.of(GrpcTimeout.of(left));
  }
}
