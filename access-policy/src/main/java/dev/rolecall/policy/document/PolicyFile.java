package dev.rolecall.policy.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.ReloadObserver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A policy that follows its file. The first load must succeed. Later the file is checked
 * periodically, and by {@link #reloadNow()}; a file that is no policy, or is gone, is logged and
 * reported once, and the last good policy stays in force.
 *
 * <p>A change is taken up when two checks in a row find the same content. So a file that is half
 * written is not: half a file may be a valid policy without its deny rules. Still, replace the file
 * by renaming another onto it. A file behind a symbolic link that is swapped, such as a Kubernetes
 * ConfigMap's, is followed.
 *
 * <p>Thread-safe. Only {@link #follow}, {@link #reloadNow} and the periodic check read the file.
 */
public final class PolicyFile implements PolicySource {

  private static final Logger LOG = System.getLogger("rolecall.policy");
  private static final String FOLLOWING = "policy_file";
  private static final String TELLING = "policy_listener";

  private final Path file;
  private final ReloadListener reloads;
  private final Supervisor supervisor;
  private final Runnable stop;
  private final List<Registered<Runnable>> listeners = new CopyOnWriteArrayList<>();
  private final List<Registered<ReloadObserver>> observers = new CopyOnWriteArrayList<>();
  private final Object looking = new Object();

  private volatile AccessPolicy current;

  // Guarded by looking.
  private String taken;
  private String pending = "";

  PolicyFile(PolicyFileBuilder options) {
    this.file = options.file();
    this.reloads = options.reloads();
    this.supervisor = new Supervisor(LOG, this::failed);
    FileContent first = FileContent.of(file);
    this.current =
        first
            .reading()
            .get()
            .fold(
                loaded -> {
                  logLoaded(loaded.policy(), loaded.notes());
                  return loaded.policy();
                },
                rejected -> {
                  throw new InvalidPolicyException(rejected.problems());
                });
    this.taken = first.fingerprint();
    this.stop = schedule(options.scheduling(), options.period());
  }

  /**
   * Follows {@code file}, checking it every five seconds on a daemon thread.
   *
   * @throws InvalidPolicyException if the file cannot be read or is no policy
   */
  public static PolicyFile follow(Path file) {
    return builder(file).follow();
  }

  /** A builder of what follows {@code file}. */
  public static PolicyFileBuilder builder(Path file) {
    return new PolicyFileBuilder(requireNonNull(file, "file"));
  }

  @Override
  public AccessPolicy current() {
    return current;
  }

  @Override
  public Registration onChange(Runnable listener) {
    return register(listeners, requireNonNull(listener, "listener"));
  }

  @Override
  public Optional<Registration> observedBy(ReloadObserver observer) {
    return Optional.of(register(observers, requireNonNull(observer, "observer")));
  }

  private static <T> Registration register(List<Registered<T>> all, T one) {
    Registered<T> registered = new Registered<>(one);
    all.add(registered);
    return () -> all.remove(registered);
  }

  /**
   * Checks the file and takes up its content at once, without waiting for a second check. Blocks on
   * the file.
   */
  public ReloadResult reloadNow() {
    return look(true);
  }

  /** Ends the periodic check. The current policy stays. */
  @Override
  public void close() {
    stop.run();
  }

  private Runnable schedule(PolicyFileBuilder.Scheduling scheduling, Duration period) {
    ScheduledExecutorService executor = scheduling.executor();
    Future<?> looks = supervisor.pausing(period, executor, FOLLOWING, () -> look(false));
    return () -> {
      looks.cancel(false);
      if (scheduling.owned()) {
        executor.shutdown();
      }
    };
  }

  private ReloadResult look(boolean atOnce) {
    ReloadResult result;
    synchronized (looking) {
      result = takeUp(FileContent.of(file), atOnce);
    }
    // Outside the lock: a listener may ask for anything.
    result.fold(
        reloaded -> {
          // First those that hold calls to the new policy; the log may fail.
          listeners.forEach(listener -> supervisor.run(TELLING, listener.one));
          tell(reloaded);
          supervisor.run(FOLLOWING, () -> logLoaded(reloaded.policy(), reloaded.notes()));
          return reloaded;
        },
        unchanged -> unchanged,
        rejected -> {
          tell(rejected);
          supervisor.run(
              FOLLOWING,
              () ->
                  LOG.log(
                      Level.WARNING,
                      "policy file rejected, the last good policy stays: {0}",
                      rejected.problems()));
          return rejected;
        });
    return result;
  }

  private void tell(ReloadResult result) {
    supervisor.run(TELLING, () -> reloads.onReload(result));
    observers.forEach(each -> supervisor.run(TELLING, () -> each.one.onReload(result.label())));
  }

  private void failed(String task) {
    reloads.onFailure(task);
    observers.forEach(each -> each.one.onFailure(task));
  }

  private ReloadResult takeUp(FileContent content, boolean atOnce) {
    String found = content.fingerprint();
    boolean settled = atOnce || found.equals(pending);
    pending = found;
    if (found.equals(taken) || !settled) {
      return new ReloadResult.Unchanged();
    }
    // Before it is marked as taken up: if reading it throws, the next look tries again.
    PolicyReading reading = content.reading().get();
    taken = found;
    return reading.<ReloadResult>fold(
        loaded -> {
          current = loaded.policy();
          return new ReloadResult.Reloaded(loaded.policy(), loaded.notes());
        },
        rejected -> new ReloadResult.Rejected(rejected.problems()));
  }

  private static void logLoaded(AccessPolicy policy, List<PolicyNote> notes) {
    LOG.log(Level.INFO, "policy {0} loaded", policy.name());
    notes.forEach(note -> LOG.log(Level.INFO, "policy note: {0}", note));
  }

  /** A plain class: the same may be registered twice, and each is closed by itself. */
  private static final class Registered<T> {

    final T one;

    Registered(T one) {
      this.one = one;
    }
  }
}
