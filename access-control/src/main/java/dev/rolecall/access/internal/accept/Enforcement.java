package dev.rolecall.access.internal.accept;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.DecisionMetrics;
import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.policy.MethodPath;
import dev.rolecall.policy.MethodPattern;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The methods whose refused calls are closed: all of them, unless some are admitted and recorded
 * instead. Immutable.
 */
public final class Enforcement {

  /** Every refused call is closed: the default. */
  public static final Enforcement FULL = new Enforcement(false, List.of());

  private static final Duration WARNING_PERIOD = Duration.ofHours(1);
  private static final System.Logger LOG = System.getLogger("rolecall.access");

  private final boolean isOff;
  private final List<MethodPattern> exempt;

  private Enforcement(boolean isOff, List<MethodPattern> exempt) {
    this.isOff = isOff;
    this.exempt = List.copyOf(exempt);
  }

  /** No refused call is closed. */
  public static Enforcement off() {
    return new Enforcement(true, List.of());
  }

  /**
   * The same, without the methods of those patterns.
   *
   * @throws IllegalArgumentException if there is no path, or one is no pattern
   */
  public Enforcement without(String... paths) {
    if (paths.length == 0) {
      throw new IllegalArgumentException(
          "paths: none (expected: at least one, or no argument at all for every method)");
    }
    List<MethodPattern> all = new ArrayList<>(exempt);
    for (String path : paths) {
      all.add(MethodPattern.parse(requireNonNull(path, "path")));
    }
    return new Enforcement(isOff, all);
  }

  /** Whether every refused call is closed. */
  public boolean isFull() {
    return !isOff && exempt.isEmpty();
  }

  /** Whether a refused call of the method is closed; {@code path} is null where it has none. */
  public boolean holdsFor(@Nullable MethodPath path) {
    return !isOff && (path == null || exempt.stream().noneMatch(each -> each.matches(path)));
  }

  /**
   * Has the metrics show it, and warns now and each hour until that is run, unless every refused
   * call is closed: a server left like this protects nothing.
   */
  public Runnable announce(AccessRuntime runtime, DecisionMetrics metrics) {
    if (isFull()) {
      return () -> {};
    }
    metrics.admittingInstead();
    String task = SupervisedTask.DECISION_RECORD.label();
    runtime.supervisor().run(task, this::warnOnce);
    var hourly =
        runtime
            .supervisor()
            .every(
                WARNING_PERIOD,
                runtime.walks(),
                task,
                () -> runtime.supervisor().execute(runtime.application(), task, this::warnOnce));
    return () -> hourly.cancel(false);
  }

  private void warnOnce() {
    // A parameter, since a pattern would be read as a format.
    LOG.log(
        Level.WARNING,
        "calls are admitted and recorded instead of refused, as this server was told; methods: {0}."
            + " They are not protected (expected: during a migration alone)",
        methods());
  }

  private String methods() {
    return Stream.concat(
            isOff ? Stream.of("all") : Stream.empty(), exempt.stream().map(MethodPattern::text))
        .collect(Collectors.joining(", "));
  }
}
