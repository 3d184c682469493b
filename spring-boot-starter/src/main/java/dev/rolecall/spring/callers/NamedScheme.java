package dev.rolecall.spring.callers;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.access.scheme.CallerVerifier;
import dev.rolecall.access.scheme.Scheme;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.spring.internal.setting.Setting;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A scheme whose last checks, made with its verifier, are reported with the property that it is of.
 *
 * @param setting the property
 * @param flaw the exception by which the scheme refuses its settings
 * @param scheme the scheme itself
 */
record NamedScheme(Setting setting, Class<? extends RuntimeException> flaw, Scheme scheme)
    implements Scheme {

  NamedScheme {
    requireNonNull(setting, "setting");
    requireNonNull(flaw, "flaw");
    requireNonNull(scheme, "scheme");
  }

  @Override
  public CallerVerifier verifier(AccessRuntime runtime) {
    return named(() -> scheme.verifier(runtime));
  }

  private <T> T named(Supplier<T> making) {
    try {
      return making.get();
    } catch (RuntimeException e) {
      throw flaw.isInstance(e) ? setting.broken(e) : e;
    }
  }

  @Override
  public void check(Clock clock) {
    named(
        () -> {
          scheme.check(clock);
          return scheme;
        });
  }

  @Override
  public boolean readsClientCertificates() {
    return scheme.readsClientCertificates();
  }

  @Override
  public Set<IssuerAlias> aliases() {
    return scheme.aliases();
  }

  @Override
  public Map<String, IssuerAlias> trustDomains() {
    return scheme.trustDomains();
  }
}
