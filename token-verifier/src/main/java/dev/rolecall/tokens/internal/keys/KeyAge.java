package dev.rolecall.tokens.internal.keys;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.IssuerAlias;
import dev.rolecall.tokens.internal.http.IssuerFailures;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.ObservableDoubleGauge;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The gauge of the age of an issuer's keys. It says nothing while none have been fetched. */
final class KeyAge implements AutoCloseable {

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Attributes labels;
  private final LongSupplier ticker;
  private final Supplier<@Nullable KeySnapshot> last;

  private @Nullable ObservableDoubleGauge gauge;

  private KeyAge(Attributes labels, LongSupplier ticker, Supplier<@Nullable KeySnapshot> last) {
    this.labels = labels;
    this.ticker = ticker;
    this.last = requireNonNull(last, "last");
  }

  static KeyAge of(IssuerAlias alias, AccessRuntime runtime, Supplier<@Nullable KeySnapshot> last) {
    KeyAge age =
        new KeyAge(Attributes.of(IssuerFailures.ISSUER, alias.value()), runtime.ticker(), last);
    age.gauge =
        runtime
            .telemetry()
            .getMeter("rolecall")
            .gaugeBuilder("rolecall.issuer.keys.age")
            .setUnit("s")
            .setDescription("Time since the keys of an issuer were fetched.")
            .buildWithCallback(age::measure);
    return age;
  }

  private void measure(ObservableDoubleMeasurement measurement) {
    KeySnapshot keys = last.get();
    if (keys != null) {
      measurement.record((ticker.getAsLong() - keys.fetchedAt()) / NANOS, labels);
    }
  }

  @Override
  public void close() {
    if (gauge != null) {
      gauge.close();
    }
  }
}
