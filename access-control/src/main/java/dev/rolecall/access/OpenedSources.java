package dev.rolecall.access;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.grant.GrantSource;
import dev.rolecall.access.grant.Grants;
import dev.rolecall.access.proxy.PassedCallers;
import dev.rolecall.access.proxy.TrustedProxies;
import dev.rolecall.access.runtime.AccessRuntime;
import org.jspecify.annotations.Nullable;

/**
 * The grants that a control follows, and the reader of the callers that proxies pass on.
 *
 * @param passed null where no proxy is trusted
 */
record OpenedSources(Grants grants, @Nullable PassedCallers passed) {

  OpenedSources {
    requireNonNull(grants, "grants");
  }

  /**
   * Opens both.
   *
   * @throws IllegalArgumentException if the settings of one break a rule; nothing is open then
   */
  static OpenedSources open(
      @Nullable GrantSource grants, @Nullable TrustedProxies proxies, AccessRuntime runtime) {
    PassedCallers passed = proxies == null ? null : proxies.open(runtime);
    try {
      return new OpenedSources(grants == null ? Grants.none() : grants.open(runtime), passed);
    } catch (RuntimeException | Error e) {
      if (passed != null) {
        passed.close();
      }
      throw e;
    }
  }
}
