package dev.rolecall.grants.internal.feed;

import dev.rolecall.access.internal.metrics.Instruments;
import dev.rolecall.access.internal.metrics.SteadyCounter;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.grants.internal.known.KnownState;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.ObservableDoubleGauge;
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
  private final SteadyCounter resets;
  private final SteadyCounter messages;
  private final List<ObservableDoubleGauge> gauges;

  /** Declares them. */
  FeedMetrics(AccessRuntime runtime, KnownState state, BooleanSupplier following) {
    Instruments made = new Instruments(runtime.telemetry());
    this.reconnects =
        made.counter(
            "rolecall.grants.reconnects",
            "Times that the feed of grants was lost and sought anew.");
    this.resets =
        made.counter(
            "rolecall.grants.resets", "Times that all grants and locks were read from the start.");
    this.messages =
        made.counter("rolecall.grants.messages", "Messages of the feed of grants, by result.");
    this.gauges =
        List.of(
            made.gauge(
                "rolecall.grants.feed.age",
                "s",
                "Age of the newest message of the feed of grants.",
                () -> state.round().isKnown() ? state.age(state.ticks()) / NANOS : Double.NaN),
            made.gauge(
                "rolecall.grants.feed.connected",
                "",
                "1 while the feed of grants is followed, else 0.",
                () -> following.getAsBoolean() ? 1 : 0),
            made.gauge("rolecall.grants.known", "", "Grants that this server knows.", state::size),
            made.gauge("rolecall.grants.locks", "", "Locks that this server knows.", state::locks));
    reconnects.add(0, Attributes.empty());
    resets.add(0, Attributes.empty());
    messages.add(0, REFUSED);
    messages.add(0, LEFT);
  }

  void reconnecting() {
    reconnects.add(1, Attributes.empty());
  }

  /**
   * A message was taken up.
   *
   * @param left the number of its grants that there was no room for
   * @param reset whether it takes the place of what is known
   */
  void taken(int left, boolean reset) {
    messages.add(1, left == 0 ? TAKEN : LEFT);
    if (reset) {
      resets.add(1, Attributes.empty());
    }
  }

  /** A message broke a rule. */
  void refused() {
    messages.add(1, REFUSED);
  }

  @Override
  public void close() {
    gauges.forEach(ObservableDoubleGauge::close);
  }
}
