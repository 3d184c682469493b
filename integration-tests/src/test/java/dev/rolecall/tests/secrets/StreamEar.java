package dev.rolecall.tests.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/** Hears what is printed, line by line, and passes it on. */
final class StreamEar extends OutputStream {

  private static final int LONGEST_LINE = 1 << 16;

  private final String name;
  private final PrintStream next;
  private final RunRecord record;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  private StreamEar(String name, PrintStream next, RunRecord record) {
    this.name = name;
    this.next = next;
    this.record = record;
  }

  /** What prints there, overheard. */
  static PrintStream on(String name, PrintStream stream, RunRecord record) {
    return new PrintStream(new StreamEar(name, stream, record), true, UTF_8);
  }

  @Override
  public synchronized void write(int letter) {
    write(new byte[] {(byte) letter}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    next.write(bytes, offset, length);
    for (int i = offset; i < offset + length; i++) {
      line.write(bytes[i]);
      if (bytes[i] == '\n' || line.size() >= LONGEST_LINE) {
        record.add(OutputKind.STREAM, name, line.toString(UTF_8));
        line.reset();
      }
    }
  }

  @Override
  public void flush() {
    next.flush();
  }
}
