package dev.rolecall.identity.internal;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A value that follows the content it is read from, such as a file. New content is read once two
 * checks in a row found it. Content that is flawed, or cannot be had, leaves the last good value in
 * force, and is reported once.
 *
 * <p>Safe for use by many threads. Checks follow one another; {@link #get} does not wait for one.
 *
 * @param <V> an immutable value
 */
public final class FollowedValue<V> {

  /**
   * Content as a check found it.
   *
   * @param fingerprint tells it from other content
   * @param reading makes its value from the value in force, which is empty at the start
   */
  public record Content<V>(String fingerprint, Function<Optional<V>, V> reading) {

    /** Content of that fingerprint. */
    public Content {
      requireNonNull(fingerprint, "fingerprint");
      requireNonNull(reading, "reading");
    }

    /** The content of one file. */
    public static <V> Content<V> of(byte[] bytes, Function<Optional<V>, V> reading) {
      return new Content<>(FileContent.fingerprint(bytes), reading);
    }

    /** The content of several files, in their order. */
    public static <V> Content<V> of(List<byte[]> files, Function<Optional<V>, V> reading) {
      return new Content<>(
          files.stream().map(FileContent::fingerprint).collect(Collectors.joining(" ")), reading);
    }
  }

  private final Supplier<Content<V>> source;
  private final Class<? extends RuntimeException> flaw;
  private final Object looking = new Object();

  /** Guarded by looking. */
  private final ContentWatch watch = new ContentWatch();

  private volatile V value;

  /**
   * The value of the content that is there now. Throws the flaw if it has one.
   *
   * @param source finds the content; may block
   * @param flaw the exception of content that cannot be had or read: its message names the flaw
   */
  public FollowedValue(Supplier<Content<V>> source, Class<? extends RuntimeException> flaw) {
    this.source = requireNonNull(source, "source");
    this.flaw = requireNonNull(flaw, "flaw");
    Content<V> found = source.get();
    this.value = found.reading().apply(Optional.empty());
    watch.take(found.fingerprint());
  }

  /** The value in force. */
  public V get() {
    return value;
  }

  /**
   * Checks the content. Blocks on it. Then calls at most one of the two, and holds no lock: they
   * may ask for anything. An exception that is not the flaw passes, and the next check reads again.
   *
   * @param replaced is told the value before and the value in force
   * @param rejected is told the flaw of new content
   */
  public void look(BiConsumer<V, V> replaced, Consumer<RuntimeException> rejected) {
    Runnable afterwards;
    synchronized (looking) {
      afterwards = looked(replaced, rejected);
    }
    afterwards.run();
  }

  private Runnable looked(BiConsumer<V, V> replaced, Consumer<RuntimeException> rejected) {
    Content<V> found = found();
    return watch.isNew(found.fingerprint(), false) ? takenUp(found, replaced, rejected) : () -> {};
  }

  private Content<V> found() {
    try {
      return source.get();
    } catch (RuntimeException e) {
      RuntimeException flawed = flawOf(e);
      return new Content<>(
          String.valueOf(flawed.getMessage()),
          before -> {
            throw flawed;
          });
    }
  }

  private Runnable takenUp(
      Content<V> found, BiConsumer<V, V> replaced, Consumer<RuntimeException> rejected) {
    V before = value;
    try {
      V after = found.reading().apply(Optional.of(before));
      watch.take(found.fingerprint());
      value = after;
      return () -> replaced.accept(before, after);
    } catch (RuntimeException e) {
      RuntimeException flawed = flawOf(e);
      watch.take(found.fingerprint());
      return () -> rejected.accept(flawed);
    }
  }

  /** The exception, if it is the flaw; else throws it. */
  private RuntimeException flawOf(RuntimeException e) {
    if (!flaw.isInstance(e)) {
      throw e;
    }
    return e;
  }
}
