package dev.rolecall.policy.document;

import dev.rolecall.identity.internal.ContentWatch;
import dev.rolecall.identity.internal.Listeners;
import dev.rolecall.identity.internal.Supervisor;
import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource.Registration;
import dev.rolecall.policy.ReloadObserver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Supplier;

/**
 * The policy in force, and those who hear of a change. What is no policy leaves the last good one
 * in force; it is logged and reported once for each content. Thread-safe.
 */
final class CurrentPolicy {

  private static final Logger LOG = System.getLogger("rolecall.policy");
  private static final String TELLING = "policy_listener";

  /** The task that makes changes, as a failure of it is counted. */
  static final String FOLLOWING = "policy_file";

  private final ReloadListener reloads;
  private final Supervisor supervisor = new Supervisor(LOG, this::failed);
  private final Listeners<Runnable> listeners = new Listeners<>();
  private final Listeners<ReloadObserver> observers = new Listeners<>();
  private final Object looking = new Object();

  private volatile AccessPolicy current;

  /** Guarded by looking. */
  private final ContentWatch watch = new ContentWatch();

  /** A policy that is in force from the start. */
  CurrentPolicy(AccessPolicy first, ReloadListener reloads) {
    this.current = first;
    this.reloads = reloads;
  }

  /**
   * The policy of those texts, in force from the start.
   *
   * @throws InvalidPolicyException if they are no policy
   */
  static CurrentPolicy of(PolicyTexts texts, ReloadListener reloads) {
    PolicyReading.Loaded first =
        texts
            .reading()
            .fold(
                loaded -> loaded,
                rejected -> {
                  throw new InvalidPolicyException(rejected.problems());
                });
    CurrentPolicy policy = new CurrentPolicy(first.policy(), reloads);
    policy.watch.take(texts.fingerprint());
    logLoaded(first.policy(), first.notes());
    return policy;
  }

  AccessPolicy get() {
    return current;
  }

  Supervisor supervisor() {
    return supervisor;
  }

  Registration onChange(Runnable listener) {
    return listeners.add(listener)::run;
  }

  Registration observedBy(ReloadObserver observer) {
    return observers.add(observer)::run;
  }

  /** Puts that policy in force. */
  void set(AccessPolicy policy) {
    synchronized (looking) {
      current = policy;
      watch.take("");
    }
    tell(new ReloadResult.Reloaded(policy, List.of()));
  }

  /**
   * Puts the policy of the texts in force, if they are another one.
   *
   * @param texts reads the texts; one thread at a time
   * @param atOnce whether to do so before two checks in a row find the same
   */
  ReloadResult look(Supplier<PolicyTexts> texts, boolean atOnce) {
    ReloadResult result;
    synchronized (looking) {
      result = takeUp(texts.get(), atOnce);
    }
    // Outside the lock: a listener may ask for anything.
    tell(result);
    return result;
  }

  private ReloadResult takeUp(PolicyTexts texts, boolean atOnce) {
    String found = texts.fingerprint();
    if (!watch.isNew(found, atOnce)) {
      return new ReloadResult.Unchanged();
    }
    // Before it is marked as taken up: if reading it throws, the next look tries again.
    PolicyReading reading = texts.reading();
    watch.take(found);
    return reading.<ReloadResult>fold(
        loaded -> {
          current = loaded.policy();
          return new ReloadResult.Reloaded(loaded.policy(), loaded.notes());
        },
        rejected -> new ReloadResult.Rejected(rejected.problems()));
  }

  private void tell(ReloadResult result) {
    result.fold(
        reloaded -> {
          // First those that hold calls to the new policy; the log may fail.
          listeners.forEach(listener -> supervisor.run(TELLING, listener));
          report(reloaded);
          supervisor.run(FOLLOWING, () -> logLoaded(reloaded.policy(), reloaded.notes()));
          return reloaded;
        },
        unchanged -> unchanged,
        rejected -> {
          report(rejected);
          supervisor.run(
              FOLLOWING,
              () ->
                  LOG.log(
                      Level.WARNING,
                      "policy rejected, the last good policy stays: {0}",
                      rejected.problems()));
          return rejected;
        });
  }

  private void report(ReloadResult result) {
    supervisor.run(TELLING, () -> reloads.onReload(result));
    observers.forEach(each -> supervisor.run(TELLING, () -> each.onReload(result.label())));
  }

  private void failed(String task) {
    reloads.onFailure(task);
    observers.forEach(each -> each.onFailure(task));
  }

  private static void logLoaded(AccessPolicy policy, List<PolicyNote> notes) {
    LOG.log(Level.INFO, "policy {0} loaded", policy.name());
    notes.forEach(note -> LOG.log(Level.INFO, "policy note: {0}", note));
  }
}
