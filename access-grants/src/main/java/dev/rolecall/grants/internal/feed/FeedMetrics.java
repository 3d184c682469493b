package dev.rolecall.grants.internal.feed;

import dev.rolecall.access.internal.metrics.Instruments;
import dev.rolecall.access.internal.metrics.SteadyCounter;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.internal.known.KnownState;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The instruments of a feed. */
final class FeedMetrics implements AutoCloseable {

  private static final AttributeKey<String> RESULT = AttributeKey.stringKey("result");
  private static final Attributes TAKEN = Attributes.of(RESULT, "taken");
  private static final Attributes REFUSED = Attributes.of(RESULT, "refused");
  private static final Attributes LEFT = Attributes.of(RESULT, "left_out");
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SteadyCounter reconnects;
  private final SteadyCounter messages;
  private final List<AutoCloseable> gauges;

  /** Declares them. */
  FeedMetrics(AccessRuntime runtime, KnownState state, BooleanSupplier following) {
    Instruments made = new Instruments(runtime.telemetry());
    this.reconnects =
        made.counter(
            "rolecall.grants.reconnects",
            "Times that the feed of grants was lost and sought anew.");
    this.messages =
        made.counter("rolecall.grants.messages", "Messages of the feed of grants, by result.");
    Meter meter = runtime.telemetry().getMeter("rolecall");
    this.gauges =
        List.of(
            meter
                .gaugeBuilder("rolecall.grants.feed.age")
                .setUnit("s")
                .setDescription("Age of the newest message of the feed of grants.")
                .buildWithCallback(
                    measurement -> {
                      if (state.round().isKnown()) {
                        measurement.record(state.age(state.ticks()) / NANOS);
                      }
                    }),
            meter
                .gaugeBuilder("rolecall.grants.feed.connected")
                .setDescription("1 while the feed of grants is followed, else 0.")
                .buildWithCallback(
                    measurement -> measurement.record(following.getAsBoolean() ? 1 : 0)),
            meter
                .gaugeBuilder("rolecall.grants.known")
                .setDescription("Grants that this server knows.")
                .buildWithCallback(measurement -> measurement.record(state.size())));
    reconnects.add(0, Attributes.empty());
    messages.add(0, REFUSED);
  }

  void reconnecting() {
    reconnects.add(1, Attributes.empty());
  }

  /**
   * A message was taken up.
   *
   * @param left the number of its grants that there was no room for
   */
  void taken(int left) {
    messages.add(1, left == 0 ? TAKEN : LEFT);
  }

  /** A message broke a rule. */
  void refused() {
    messages.add(1, REFUSED);
  }

  @Override
  public void close() {
    for (AutoCloseable gauge : gauges) {
      try {
        gauge.close();
      } catch (Exception e) {
        throw new IllegalStateException("a gauge could not be closed", e);
      }
    }
  }
}
