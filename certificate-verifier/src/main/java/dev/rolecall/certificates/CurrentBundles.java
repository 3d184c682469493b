package dev.rolecall.certificates;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.internal.ContentWatch;
import dev.rolecall.identity.internal.FileContent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The bundles in force, which follow their files. Files that are none leave the last good bundles
 * in force; that is logged once for each content. Thread-safe.
 */
final class CurrentBundles {

  private static final Logger LOG = System.getLogger("rolecall.certificates");

  private final List<CertificateAuthority> authorities;
  private final AccessRuntime runtime;
  private final Object looking = new Object();

  /** Guarded by looking. */
  private final ContentWatch watch = new ContentWatch();

  private volatile Bundles bundles;
  private volatile Runnable withdrawal = () -> {};

  /**
   * The bundles of the files, in force from the start. Blocks on the files.
   *
   * @throws IllegalArgumentException if a file is no bundle, or two share a certificate
   */
  CurrentBundles(List<CertificateAuthority> authorities, AccessRuntime runtime) {
    this.authorities = List.copyOf(authorities);
    this.runtime = requireNonNull(runtime, "runtime");
    List<byte[]> contents = contents();
    this.bundles = read(contents);
    watch.take(fingerprint(contents));
  }

  Bundles get() {
    return bundles;
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
    Runnable afterwards;
    synchronized (looking) {
      afterwards = looked();
    }
    // Outside the lock: a listener may ask for anything.
    afterwards.run();
  }

  private Runnable looked() {
    Supplier<Bundles> reading;
    String found;
    try {
      List<byte[]> contents = contents();
      found = fingerprint(contents);
      reading = () -> read(contents);
    } catch (IllegalArgumentException e) {
      found = String.valueOf(e.getMessage());
      reading =
          () -> {
            throw e;
          };
    }
    return watch.isNew(found, false) ? takenUp(found, reading) : () -> {};
  }

  private Runnable takenUp(String found, Supplier<Bundles> reading) {
    watch.take(found);
    try {
      bundles = reading.get();
      return this::reloaded;
    } catch (IllegalArgumentException e) {
      return () -> rejected(String.valueOf(e.getMessage()));
    }
  }

  private void reloaded() {
    // First those that hold calls to the new bundles; the log may fail.
    runtime.supervisor().run(SupervisedTask.CLIENT_CA.label(), withdrawal);
    LOG.log(
        Level.INFO,
        "client CAs loaded: {0}",
        bundles.all().stream()
            .map(each -> each.authority().alias() + " (" + each.certificates().size() + ")")
            .collect(Collectors.joining(", ")));
  }

  private static void rejected(String why) {
    LOG.log(Level.WARNING, "client CAs rejected, the last good ones stay in force: {0}", why);
  }

  private List<byte[]> contents() {
    return authorities.stream().map(each -> BundleFile.bytes(each.bundle())).toList();
  }

  private Bundles read(List<byte[]> contents) {
    return new Bundles(
        IntStream.range(0, authorities.size())
            .mapToObj(
                i ->
                    Bundles.Bundle.of(
                        authorities.get(i),
                        BundleFile.certificates(authorities.get(i).bundle(), contents.get(i))))
            .toList());
  }

  private static String fingerprint(List<byte[]> contents) {
    return contents.stream().map(FileContent::fingerprint).collect(Collectors.joining(" "));
  }
}
