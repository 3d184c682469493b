package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.rolecall.access.internal.metrics.ProxyMetrics;
import dev.rolecall.access.internal.time.AccessTime;
import dev.rolecall.access.proxy.PassedCallers;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.Verification;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.RefusalReason;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The callers behind trusted proxies: a step after the proxy itself is verified, which replaces it
 * by the caller that its transaction token names. A token of any other caller is ignored, and
 * counted.
 *
 * <p>Remembers verified callers by their tokens: at most {@value #CAPACITY}, of which those go
 * first that are used least; a lapsed one is never used. What is refused is not remembered: a proxy
 * sends no token that it has not signed.
 */
final class ProxiedCallers {

  static final int CAPACITY = 10_000;

  /** The caller that counts, or why there is none. */
  sealed interface Passing permits Passed, NotPassed {

    /** Calls the function of the arm this is. */
    default <T> T fold(Function<CachedCaller, T> passed, Function<Refusal, T> notPassed) {
      return this instanceof Passed arm
          ? passed.apply(arm.caller())
          : notPassed.apply(((NotPassed) this).refusal());
    }
  }

  /** A caller that the proxy passed on. */
  record Passed(CachedCaller caller) implements Passing {}

  /** No caller: the call is refused. */
  record NotPassed(Refusal refusal) implements Passing {}

  private final @Nullable PassedCallers reader;
  private final AccessTime time;
  private final ProxyMetrics metrics;
  private final Cache<String, Caller> verified =
      Caffeine.newBuilder().maximumSize(CAPACITY).executor(Runnable::run).build();

  /** The callers behind proxies, as that reader tells them; it is null where none is trusted. */
  static ProxiedCallers by(@Nullable PassedCallers reader, AccessTime time, AccessRuntime runtime) {
    return new ProxiedCallers(reader, time, new ProxyMetrics(runtime.telemetry()));
  }

  private ProxiedCallers(@Nullable PassedCallers reader, AccessTime time, ProxyMetrics metrics) {
    this.reader = reader;
    this.time = requireNonNull(time, "time");
    this.metrics = requireNonNull(metrics, "metrics");
  }

  /** Whether any proxy is trusted: where none is, no call's tokens are looked for. */
  boolean areExpected() {
    return reader != null;
  }

  /** Whether that verified caller is a proxy whose word counts. */
  boolean isProxy(Caller caller) {
    return reader != null && reader.isProxy(caller);
  }

  /** Whether a call of that caller is for another one; counts the tokens that are ignored. */
  boolean isPassedOn(CachedCaller known, List<String> tokens) {
    if (tokens.isEmpty()) {
      return false;
    }
    if (!known.isProxy()) {
      metrics.ignored();
    }
    return known.isProxy();
  }

  /** The caller that a call of that proxy is for. */
  Passing of(CachedCaller proxy, List<String> tokens) {
    if (tokens.size() > 1) {
      return refused(
          Refusal.ofPassed(
              new Verification.Refused(RefusalReason.CREDENTIALS_AMBIGUOUS), time.instant()));
    }
    String token = tokens.get(0);
    CachedCaller known = proxy.passed(token);
    return known != null && known.isGoodAt(time.millis(), time.elapsedAtLastWalk())
        ? new Passed(known)
        : find(proxy, token);
  }

  private Passing find(CachedCaller proxy, String token) {
    Caller known = verified.getIfPresent(token);
    return known != null
        ? passed(proxy, token, known)
        : requireNonNull(reader, "reader")
            .read(token, proxy.caller())
            .<Passing>fold(
                found -> {
                  metrics.verified();
                  verified.put(token, found.caller());
                  return passed(proxy, token, found.caller());
                },
                no -> refused(Refusal.ofPassed(no, time.instant())),
                outage -> refused(Refusal.of(outage)));
  }

  private Passing passed(CachedCaller proxy, String token, Caller named) {
    // The lapse is that of the caller as it was verified: it gains nothing on another connection.
    CachedCaller caller = new CachedCaller(named.via(proxy.caller()), time.lapseOf(named));
    if (time.instant().isAfter(named.notAfter())
        || !caller.isGoodAt(time.millis(), time.elapsed())) {
      verified.invalidate(token);
      return refused(
          Refusal.ofPassed(
              new Verification.Refused(RefusalReason.CREDENTIAL_EXPIRED), time.instant()));
    }
    return new Passed(proxy.hold(token, caller));
  }

  private NotPassed refused(Refusal refusal) {
    metrics.refused(refusal.reason());
    return new NotPassed(refusal);
  }

  /** Stops to read tokens. */
  void close() {
    if (reader != null) {
      reader.close();
    }
  }
}
