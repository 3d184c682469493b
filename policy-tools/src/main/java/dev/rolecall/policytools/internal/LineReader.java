package dev.rolecall.policytools.internal;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;

/** Reads lines of a bounded length from a stream, which may be of any size. Blocks. */
public final class LineReader {

  /** Many times the longest record: a longer line is no record. */
  public static final int LONGEST = 1 << 20;

  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private final byte[] line = new byte[LONGEST];
  private int at;
  private int end;
  private int length;

  /** The lines of that stream, which the caller closes. */
  public LineReader(InputStream in) {
    this.in = requireNonNull(in, "in");
  }

  /** Reads the next line; false at the end. */
  public boolean next() throws IOException {
    length = 0;
    boolean any = false;
    while (at < end || fill()) {
      any = true;
      byte each = buffer[at++];
      if (each == '\n') {
        return true;
      }
      if (length < LONGEST) {
        line[length] = each;
      }
      length++;
    }
    return any;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  /** The bytes of the line, of which {@link #length} count. */
  public byte[] line() {
    return line;
  }

  /** How many bytes count. */
  public int length() {
    return Math.min(length, LONGEST);
  }

  /** Whether the line is longer than {@link #LONGEST}; the rest of it was skipped. */
  public boolean isTooLong() {
    return length > LONGEST;
  }

  /** Whether there is nothing on the line. */
  public boolean isBlank() {
    for (int i = 0; i < length(); i++) {
      if (line[i] != ' ' && line[i] != '\r' && line[i] != '\t') {
        return false;
      }
    }
    return true;
  }
}
