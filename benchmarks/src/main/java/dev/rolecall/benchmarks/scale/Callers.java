package dev.rolecall.benchmarks.scale;

import dev.rolecall.benchmarks.fleet.EchoServer;
import dev.rolecall.benchmarks.pace.CallTimes;
import dev.rolecall.benchmarks.pace.EchoCaller;
import dev.rolecall.benchmarks.pace.Pause;
import dev.rolecall.benchmarks.pace.SteadyCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Calls of a few callers at a steady pace, while now and then something happens to the server. How
 * long calls take then is held against how long they take at other times: on a busy machine those
 * are slow as well.
 */
final class Callers {

  private static final int CALLERS = 8;
  private static final int PER_SECOND = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration WARM_UP = Duration.ofSeconds(3);

  /** From the beginning of what happens to the end of what it may have slowed down, at least. */
  private static final Duration WINDOW = Duration.ofMillis(500);

  private static final Duration AFTERWARDS = Duration.ofMillis(100);
  private static final Duration BETWEEN = Duration.ofMillis(500);

  private final List<EchoCaller> callers;

  private Callers(List<EchoCaller> callers) {
    this.callers = callers;
  }

  /** Some, each with a role and a connection of its own. */
  static Callers of(ScaleBench bench, EchoServer server, String name) {
    return new Callers(
        IntStream.range(0, CALLERS)
            .mapToObj(
                i ->
                    EchoCaller.on(bench.connecting(bench.channelTo(server)), PATIENCE)
                        .with(bench.signing(bench.role(name + "-" + i))))
            .toList());
  }

  int count() {
    return callers.size();
  }

  /**
   * Calls while that happens so often, each time followed by as long a time in which it does not.
   */
  Observed during(int times, Event event) throws Exception {
    callers.forEach(EchoCaller::callUntilAnswered);
    SteadyCalls calls = SteadyCalls.start(PER_SECOND, callers);
    Pause.of(WARM_UP);
    long begin = System.nanoTime();
    List<CallTimes.Window> windows = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      long from = System.nanoTime();
      event.happen();
      CallTimes.Window window =
          new CallTimes.Window(
              from, Math.max(from + WINDOW.toNanos(), System.nanoTime() + AFTERWARDS.toNanos()));
      windows.add(window);
      Pause.until(window.next().to() + BETWEEN.toNanos());
    }
    return new Observed(calls.stop().since(begin), windows);
  }

  /** An event that the server meets. */
  @FunctionalInterface
  interface Event {
    void happen() throws Exception;
  }

  /**
   * The calls of an observation.
   *
   * @param calls all of them
   * @param windows the times of the events
   */
  record Observed(CallTimes calls, List<CallTimes.Window> windows) {

    Observed {
      windows = List.copyOf(windows);
    }

    /** The time within which 99 of 100 calls were that met nothing. */
    double usualMillis() {
      return millis(calls.outside(windows).within(0.99));
    }

    /** The slowest call that met something. */
    double slowestMillis() {
      return slowest(windows);
    }

    /** The slowest call of as many windows, as long, in which nothing happened. */
    double slowestElsewhereMillis() {
      return slowest(windows.stream().map(CallTimes.Window::next).toList());
    }

    int failed() {
      return calls.made() - calls.answered();
    }

    private double slowest(List<CallTimes.Window> some) {
      return some.stream()
          .mapToDouble(window -> millis(calls.in(window).slowest()))
          .max()
          .orElse(0);
    }

    private static double millis(Duration time) {
      return time.toNanos() / 1e6;
    }
  }
}
