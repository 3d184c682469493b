package dev.rolecall.verifier;

import dev.rolecall.access.lookup.CacheBounds;
import dev.rolecall.access.lookup.LookupLimits;
import dev.rolecall.access.runtime.AccessRuntime;
import java.util.function.UnaryOperator;

/** The settings of a {@link Bench}: the scheme, and the look-up that it is read by. */
record BenchSettings(
    StsVerifier scheme, LookupLimits limits, CacheBounds caches, AccessRuntime.Builder runtime) {

  /** The defaults around that scheme. */
  static BenchSettings of(StsVerifier scheme) {
    return new BenchSettings(
        scheme, LookupLimits.ofDefaults(), CacheBounds.ofDefaults(), AccessRuntime.builder());
  }

  BenchSettings scheme(UnaryOperator<StsVerifier> change) {
    return new BenchSettings(change.apply(scheme), limits, caches, runtime);
  }

  BenchSettings limits(UnaryOperator<LookupLimits> change) {
    return new BenchSettings(scheme, change.apply(limits), caches, runtime);
  }

  BenchSettings caches(UnaryOperator<CacheBounds> change) {
    return new BenchSettings(scheme, limits, change.apply(caches), runtime);
  }

  BenchSettings runtime(UnaryOperator<AccessRuntime.Builder> change) {
    return new BenchSettings(scheme, limits, caches, change.apply(runtime));
  }
}
