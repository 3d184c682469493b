package dev.rolecall.policytools.trail;

import static java.util.Objects.requireNonNull;

import dev.rolecall.policytools.internal.LineReader;
import dev.rolecall.policytools.trail.TrailFinding.Kind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Checks that audit files are whole: that no line of a trail is missing, twice, in another place or
 * changed. Give it all files of a server, in any order; a compressed one is known by its content.
 *
 * <p>Keeps some hundred bytes for each run of lines, not the lines. A change of text alone shows in
 * a trail with a hash chain only. That the last trail was cut short shows in nothing but the line
 * that closes a trail. Not safe for use by several threads at once. Blocks.
 */
public final class TrailCheck {

  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private final List<TrailFinding> findings = new ArrayList<>();
  private final Map<String, List<Run>> trails = new LinkedHashMap<>();
  private final Deletions deletions = new Deletions();
  private long lines;
  private long leftOut;
  private long lost;

  /** Nothing was read yet. */
  public TrailCheck() {}

  /**
   * Reads a file.
   *
   * @param name its name in findings
   * @param in its content, which the caller closes. What cannot be read is a finding
   */
  public void read(String name, InputStream in) {
    requireNonNull(name, "name");
    FileReading reading = new FileReading(name);
    try {
      LineReader read = new LineReader(uncompressed(requireNonNull(in, "in")));
      while (read.next()) {
        reading.line(read);
      }
    } catch (IOException e) {
      find(Kind.UNREADABLE, name, reading.number, "cannot be read from here on");
    }
    reading.end();
  }

  private static InputStream uncompressed(InputStream in) throws IOException {
    InputStream buffered = new BufferedInputStream(in);
    buffered.mark(2);
    boolean isGzip = buffered.read() == GZIP_FIRST && buffered.read() == GZIP_SECOND;
    buffered.reset();
    return isGzip ? new GZIPInputStream(buffered, 1 << 16) : buffered;
  }

  private void find(Kind kind, String file, long line, String words) {
    findings.add(new TrailFinding(kind, file, line, words));
  }

  /** The report about all that was read. */
  public TrailReport report() {
    List<TrailFinding> all = new ArrayList<>(findings);
    for (List<Run> runs : trails.values()) {
      all.addAll(new TrailOrder(runs, trails, deletions).findings());
    }
    return new TrailReport(all, trails.size(), lines, leftOut, lost);
  }

  /** The reading of one file. */
  private final class FileReading {

    private final String name;
    private long number;
    private Optional<Run> run = Optional.empty();

    /** The line that was no record and may have been cut off, by its number; 0 for none. */
    private long doubtful;

    FileReading(String name) {
      this.name = name;
    }

    void line(LineReader read) {
      number++;
      if (read.isBlank()) {
        return;
      }
      Optional<NumberedLine> line =
          read.isTooLong() ? Optional.empty() : NumberedLine.read(read.line(), read.length());
      if (line.isEmpty()) {
        settleDoubt(false);
        doubtful = number;
        return;
      }
      settleDoubt(line.get().is("trail_opened"));
      numbered(line.get(), read);
    }

    private void numbered(NumberedLine line, LineReader read) {
      lines++;
      if (line.is("records_lost")) {
        lost += line.besides();
        find(Kind.RECORDS_LOST, name, number, line.besides() + " records could not be written");
      } else {
        leftOut += line.besides();
      }
      if (line.is("file_deleted")) {
        deletions.add(line);
        find(Kind.FILE_DELETED, name, number, "a file was deleted, as the server's options say");
      }
      if (!line.fingerprint().isEmpty()
          && !LineFingerprint.fits(read.line(), read.length(), line.fingerprint())) {
        find(Kind.EDITED, name, number, "the line is not what its fingerprint is of");
      }
      Run before = run.orElse(null);
      if (before != null && before.isFollowedBy(line)) {
        checkChain(before, line);
        before.add(number, line);
      } else {
        begin(line);
      }
    }

    private void begin(NumberedLine line) {
      Run next = new Run(name, number, line);
      trails.computeIfAbsent(line.trail(), missing -> new ArrayList<>()).add(next);
      run = Optional.of(next);
    }

    private void checkChain(Run before, NumberedLine line) {
      if (!TrailOrder.isChained(before.last, line)) {
        find(Kind.CHAIN_BROKEN, name, number, "the line does not follow from the one before it");
      }
    }

    /** A cut line stands at the end of what a process wrote: the next begins a trail. */
    private void settleDoubt(boolean wasCut) {
      if (doubtful > 0 && wasCut) {
        find(Kind.CUT_LINE, name, doubtful, "the end of a process cut the line off");
      } else if (doubtful > 0) {
        find(Kind.NOT_A_RECORD, name, doubtful, "the line is no numbered record");
      }
      doubtful = 0;
    }

    void end() {
      settleDoubt(doubtful == number && run.isPresent());
    }
  }
}
