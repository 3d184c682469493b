package dev.rolecall.service.rules.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.identity.internal.FollowedValue;
import dev.rolecall.identity.internal.Listeners;
import dev.rolecall.identity.internal.PeriodicChecks;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.policy.document.internal.DocumentText;
import dev.rolecall.service.rules.AccessRules;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Rules that follow their file. The first load must succeed. Later the file is checked each second,
 * and new content is taken up once two checks in a row found it. What holds no rules, or is gone,
 * is logged and counted once, and the last good rules stay in force.
 *
 * <p>Thread-safe. Only {@link #open} and the checks read the file.
 */
public final class RulesFile implements AutoCloseable {

  private static final Logger LOG = System.getLogger("rolecall.access.service");

  /** How often the file is checked where nothing else is said. */
  public static final Duration PERIOD = Duration.ofSeconds(1);

  private static final String TASK = SupervisedTask.ACCESS_RULES.label();

  private final FollowedValue<RulesReading.Loaded> followed;
  private final Listeners<Runnable> listeners = new Listeners<>();
  private final Supervisor supervisor;
  private final Consumer<String> results;
  private final Runnable stop;

  private RulesFile(Path file, Duration period, Supervisor supervisor, Consumer<String> results) {
    this.supervisor = requireNonNull(supervisor, "supervisor");
    this.results = requireNonNull(results, "results");
    this.followed = new FollowedValue<>(() -> found(file), InvalidRulesException.class);
    logLoaded(followed.get());
    this.stop =
        PeriodicChecks.named("rolecall-rules-file")
            .period(period)
            .start(supervisor, TASK, this::look);
  }

  /**
   * The rules of the file, followed on a daemon thread. Blocks on the file.
   *
   * @param period the time between two checks: 100 ms to a day
   * @param supervisor hears of what listeners throw
   * @param results is told {@code reloaded} or {@code rejected} each time there is new content
   * @throws IllegalArgumentException if the period is shorter or longer
   * @throws InvalidRulesException if the file holds no rules; it says all that is wrong, and where
   */
  @SuppressWarnings("exports") // for this module, which sees the type
  public static RulesFile open(
      Path file, Duration period, Supervisor supervisor, Consumer<String> results) {
    return new RulesFile(requireNonNull(file, "file"), period, supervisor, results);
  }

  private static FollowedValue.Content<RulesReading.Loaded> found(Path file) {
    byte[] content;
    try {
      content = DocumentText.bytes(file);
    } catch (IOException e) {
      throw new InvalidRulesException(List.of(RulesDocument.unreadable(file, e)));
    }
    return FollowedValue.Content.of(
        content,
        before ->
            RulesDocument.read(file.toString(), content)
                .fold(
                    loaded -> loaded,
                    rejected -> {
                      throw new InvalidRulesException(rejected.problems());
                    }));
  }

  /** The rules in force. Never blocks. */
  public AccessRules current() {
    return followed.get().rules();
  }

  /** Runs the listener each time there are new rules, once {@link #current} returns them. */
  public Runnable onChange(Runnable listener) {
    return listeners.add(listener);
  }

  /** Checks the file. Blocks on it. */
  void look() {
    followed.look((before, after) -> replaced(after), this::rejected);
  }

  private void replaced(RulesReading.Loaded after) {
    listeners.forEach(each -> supervisor.run(TASK, each));
    results.accept("reloaded");
    logLoaded(after);
  }

  private void rejected(RuntimeException flaw) {
    results.accept("rejected");
    LOG.log(
        Level.WARNING, "access rules rejected, the last good ones stay: {0}", flaw.getMessage());
  }

  private static void logLoaded(RulesReading.Loaded loaded) {
    LOG.log(Level.INFO, "access rules of {0} permissions loaded", loaded.rules().rules().size());
    loaded.notes().forEach(note -> LOG.log(Level.INFO, "note on the access rules: {0}", note));
  }

  /** Ends the checks. The current rules stay. */
  @Override
  public void close() {
    stop.run();
  }
}
