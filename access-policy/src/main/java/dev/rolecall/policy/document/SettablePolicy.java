package dev.rolecall.policy.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.ReloadObserver;
import dev.rolecall.policy.document.internal.DocumentText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * A policy that its owner sets, such as one from an object store, a configuration service or a
 * database. Each change is logged and reported, as a {@link PolicyFile}'s is.
 *
 * <p>Thread-safe. Starts no thread: run {@link #refresh} on an executor of yours.
 */
public final class SettablePolicy implements PolicySource {

  private final CurrentPolicy current;

  private SettablePolicy(CurrentPolicy current) {
    this.current = current;
  }

  /** A source of that policy, until another is set. */
  public static SettablePolicy of(AccessPolicy first) {
    return new SettablePolicy(new CurrentPolicy(requireNonNull(first, "first"), result -> {}));
  }

  /**
   * A source of the policy of that text, until another is set.
   *
   * @param source the name of the text in problems and notes
   * @throws InvalidPolicyException if the text is no policy; it says all that is wrong, and where
   */
  public static SettablePolicy of(String source, byte[] content) {
    requireNonNull(source, "source");
    requireNonNull(content, "content");
    return new SettablePolicy(CurrentPolicy.of(PolicyTexts.of(source, content), result -> {}));
  }

  /** Puts that policy in force, and tells the listeners on this thread. */
  public void set(AccessPolicy policy) {
    current.set(requireNonNull(policy, "policy"));
  }

  /**
   * Fetches the policy's text and puts it in force, if it is another text than the last one. What
   * cannot be fetched or is no policy leaves the last good policy in force: it is logged, and
   * counted as {@code rejected}, once until something else comes. Blocks as long as the fetch does;
   * two refreshes at once follow each other. Throws nothing that the fetch throws.
   *
   * <p>Nothing of an exception is logged but its class: a message may hold a signed URL.
   *
   * @param source the name of the text in problems and notes
   * @param fetch gets the text: YAML or JSON, UTF-8, at most 1 MiB
   */
  public ReloadResult refresh(String source, Callable<byte[]> fetch) {
    requireNonNull(source, "source");
    requireNonNull(fetch, "fetch");
    try {
      return current.look(() -> fetched(source, fetch), true);
    } catch (Throwable e) {
      // Else the executor would drop the periodic refresh, in silence.
      current.supervisor().caught(CurrentPolicy.FOLLOWING, e);
      return new ReloadResult.Unchanged();
    }
  }

  private static PolicyTexts fetched(String source, Callable<byte[]> fetch) {
    try {
      return PolicyTexts.of(source, requireNonNull(fetch.call(), "content"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unfetched(source, e);
    } catch (Exception e) {
      return unfetched(source, e);
    }
  }

  private static PolicyTexts unfetched(String source, Exception e) {
    return new PolicyTexts(
        Map.of(), List.of(PolicyProblem.unreadable(source, DocumentText.unfetched(e))));
  }

  @Override
  public AccessPolicy current() {
    return current.get();
  }

  @Override
  public Registration onChange(Runnable listener) {
    return current.onChange(requireNonNull(listener, "listener"));
  }

  @Override
  public Optional<Registration> observedBy(ReloadObserver observer) {
    return Optional.of(current.observedBy(requireNonNull(observer, "observer")));
  }
}
