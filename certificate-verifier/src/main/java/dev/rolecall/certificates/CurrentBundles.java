package dev.rolecall.certificates;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.FollowedValue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The bundles in force, which follow their files. Files that are none leave the last good bundles
 * in force; that is logged once for each content. Thread-safe.
 */
final class CurrentBundles {

  private static final Logger LOG = System.getLogger("rolecall.certificates");

  private final AccessRuntime runtime;
  private final FollowedValue<Bundles> followed;

  private volatile Runnable withdrawal = () -> {};

  /**
   * The bundles of the files, in force from the start. Blocks on the files.
   *
   * @throws IllegalArgumentException if a file is no bundle, or two share a certificate
   */
  CurrentBundles(List<CertificateAuthority> authorities, AccessRuntime runtime) {
    this.runtime = requireNonNull(runtime, "runtime");
    List<CertificateAuthority> all = List.copyOf(authorities);
    this.followed = new FollowedValue<>(() -> found(all), IllegalArgumentException.class);
  }

  /**
   * The bundles that the files have now. Blocks on the files.
   *
   * @throws IllegalArgumentException as the constructor does
   */
  static Bundles read(List<CertificateAuthority> authorities) {
    return found(authorities).reading().apply(Optional.empty());
  }

  Bundles get() {
    return followed.get();
  }

  /** Has that run each time a certificate may have been removed. Called once. */
  void onWithdrawal(Runnable listener) {
    withdrawal = requireNonNull(listener, "listener");
  }

  /**
   * Checks the files, and puts their bundles in force once two checks in a row found the same.
   * Blocks on the files.
   */
  void look() {
    followed.look((before, bundles) -> reloaded(bundles), CurrentBundles::rejected);
  }

  private void reloaded(Bundles bundles) {
    // First those that hold calls to the new bundles; the log may fail.
    runtime.supervisor().run(SupervisedTask.CLIENT_CA.label(), withdrawal);
    LOG.log(
        Level.INFO,
        "client CAs loaded: {0}",
        bundles.all().stream()
            .map(each -> each.authority().alias() + " (" + each.certificates().size() + ")")
            .collect(Collectors.joining(", ")));
  }

  private static void rejected(RuntimeException flaw) {
    LOG.log(
        Level.WARNING,
        "client CAs rejected, the last good ones stay in force: {0}",
        flaw.getMessage());
  }

  private static FollowedValue.Content<Bundles> found(List<CertificateAuthority> authorities) {
    List<byte[]> contents =
        authorities.stream().map(each -> BundleFile.bytes(each.bundle())).toList();
    return FollowedValue.Content.of(contents, before -> read(authorities, contents));
  }

  private static Bundles read(List<CertificateAuthority> authorities, List<byte[]> contents) {
    return new Bundles(
        IntStream.range(0, authorities.size())
            .mapToObj(
                i ->
                    Bundles.Bundle.of(
                        authorities.get(i),
                        BundleFile.certificates(authorities.get(i).bundle(), contents.get(i))))
            .toList());
  }
}
