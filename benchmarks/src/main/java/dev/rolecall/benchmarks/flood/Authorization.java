package dev.rolecall.benchmarks.flood;

import static java.util.Objects.requireNonNull;

import dev.rolecall.benchmarks.fleet.Echo;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Call credentials that bring the header's next value with each call. */
final class Authorization extends CallCredentials {

  private final Supplier<String> values;

  /** Those values, asked for by many threads. */
  Authorization(Supplier<String> values) {
    this.values = requireNonNull(values, "values");
  }

  /** One token, as a bearer brings it. */
  static Authorization bearer(String token) {
    return new Authorization(() -> "Bearer " + token);
  }

  @Override
  public void applyRequestMetadata(RequestInfo call, Executor executor, MetadataApplier applier) {
    Metadata headers = new Metadata();
    headers.put(Echo.AUTHORIZATION, values.get());
    applier.apply(headers);
  }
}
