package dev.rolecall.tests.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Outputs one after another in a file, so that a run of any length keeps nothing in memory. */
final class OutputFile {

  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final OutputStream out;
  private long length;

  /** An empty file in place of whatever is there. */
  OutputFile(Path file) throws IOException {
    this.file = file;
    this.out = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
  }

  /** In one piece: a file whose writer ends early holds no half of an output. */
  void append(Output output) {
    byte[] whole = bytesOf(output);
    synchronized (this) {
      try {
        out.write(whole);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      length += whole.length;
    }
  }

  private static byte[] bytesOf(Output output) {
    List<byte[]> parts =
        Stream.of(output.kind().name(), output.where(), output.test(), output.text())
            .map(part -> part.getBytes(UTF_8))
            .toList();
    ByteBuffer whole =
        ByteBuffer.allocate(parts.stream().mapToInt(part -> Integer.BYTES + part.length).sum());
    parts.forEach(part -> whole.putInt(part.length).put(part));
    return whole.array();
  }

  /** What was appended so far is in the file. */
  synchronized void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the next output will be. */
  synchronized long mark() {
    return length;
  }

  /** The outputs from that mark to now, in order. */
  void forEachSince(long mark, Consumer<Output> reader) {
    long end;
    synchronized (this) {
      end = length;
      flush();
    }
    forEach(file, mark, end, reader);
  }

  /** All outputs of a file that is complete. */
  static void forEachIn(Path file, Consumer<Output> reader) throws IOException {
    forEach(file, 0, Files.size(file), reader);
  }

  private static void forEach(Path file, long from, long to, Consumer<Output> reader) {
    try (InputStream bytes = Files.newInputStream(file)) {
      bytes.skipNBytes(from);
      DataInputStream in = new DataInputStream(new BufferedInputStream(bytes, BUFFER));
      Parts parts = new Parts(in);
      while (from + parts.bytes < to) {
        reader.accept(
            new Output(OutputKind.valueOf(parts.next()), parts.next(), parts.next(), parts.next()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads one part after another, and counts. */
  private static final class Parts {

    private final DataInputStream in;
    private long bytes;

    Parts(DataInputStream in) {
      this.in = in;
    }

    String next() throws IOException {
      byte[] text = in.readNBytes(in.readInt());
      bytes += Integer.BYTES + text.length;
      return new String(text, UTF_8);
    }
  }
}
