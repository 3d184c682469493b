package dev.rolecall.policy.document;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.PolicySource;
import dev.rolecall.policy.ReloadObserver;
import dev.rolecall.policy.document.internal.KnownAliases;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A policy that follows its file, or several files and folders. The first load must succeed. Later
 * they are checked periodically, and by {@link #reloadNow()}. What is no policy, or is gone, is
 * logged and reported once, and the last good policy stays in force.
 *
 * <p>Of a folder, its own files count whose names end in {@code .yaml}, {@code .yml} or {@code
 * .json}, in the order of their names. Hidden files, tables of cases ({@code orders.cases.yaml})
 * and folders within it do not. A folder without such a file is a problem. All files together are
 * one policy, as {@link PolicyDocument} says: one that is wrong rejects the whole change. At most
 * 1,000 files of at most 1 MiB.
 *
 * <p>A change is taken up when two checks in a row find the same content in the same files. So a
 * file or a folder that is half written is not: half of it may be a valid policy without its deny
 * rules. Still, replace a file by renaming another onto it. A file behind a symbolic link that is
 * swapped, such as a Kubernetes ConfigMap's, is followed.
 *
 * <p>Thread-safe. Only {@link #follow}, {@link #reloadNow} and the periodic check read the files.
 */
public final class PolicyFile implements PolicySource {

  private final List<Path> paths;
  private final KnownAliases aliases;
  private final CurrentPolicy current;
  private final Runnable stop;

  PolicyFile(PolicyFileBuilder options) {
    this.paths = options.paths();
    this.aliases = options.aliases();
    this.current =
        CurrentPolicy.of(PolicyTexts.together(paths).knowing(aliases), options.reloads());
    this.stop =
        options
            .checks()
            .start(
                current.supervisor(),
                CurrentPolicy.FOLLOWING,
                () -> current.look(() -> PolicyTexts.of(paths).knowing(aliases), false));
  }

  /**
   * Follows a file or a folder, checking it every five seconds on a daemon thread.
   *
   * @throws InvalidPolicyException if it cannot be read or is no policy
   */
  public static PolicyFile follow(Path path) {
    return builder(path).follow();
  }

  /**
   * A builder of what follows one policy.
   *
   * @param path its file or folder
   * @param more further files and folders of it
   */
  public static PolicyFileBuilder builder(Path path, Path... more) {
    return new PolicyFileBuilder(
        Stream.concat(Stream.of(requireNonNull(path, "path")), Stream.of(more)).toList());
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

  /**
   * Checks the files and takes up their content at once, without waiting for a second check. Blocks
   * on the files.
   */
  public ReloadResult reloadNow() {
    return current.look(() -> PolicyTexts.together(paths).knowing(aliases), true);
  }

  /** Ends the periodic check. The current policy stays. */
  @Override
  public void close() {
    stop.run();
  }
}
