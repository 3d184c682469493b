package dev.rolecall.access.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * The trail of one process: numbers its lines, and chains them by their hashes where it is to.
 *
 * <p>A line takes one number for itself and one for each decision that it stands for besides, and
 * shows the last. So numbers miss nothing, or say what. For one thread at a time.
 */
final class Trail {

  private static final HexFormat HEX = HexFormat.of();
  private static final String HASH = "{\"algorithm\":\"SHA-256\",\"algorithm_id\":3,\"value\":\"";
  private static final byte[] REST = {'}', ']', '}'};

  private final String name;
  private final boolean chained;
  private final MessageDigest digest;

  private long sequence;
  private String hash = "";

  /** The state that {@link #undo} goes back to. */
  private long safeSequence;

  private String safeHash = "";

  Trail(RandomGenerator random, boolean chained) {
    this.name = HEX.toHexDigits(random.nextLong());
    this.chained = chained;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** Whether no line has been numbered. */
  boolean isEmpty() {
    return sequence == 0;
  }

  /**
   * Adds a line.
   *
   * @param decisions how many numbers it takes, at least 1
   */
  void add(LineBuffer lines, LineForm form, long millis, Correlation names, long decisions) {
    int start = lines.length();
    long before = sequence;
    form.begin(lines, millis);
    lines.add("\"sequence\":").add(before + decisions).add(",");
    if (chained) {
      lines.add("\"profiles\":[\"record_integrity\"],");
    }
    form.go(lines, names);
    lines.add(",\"trail\":\"").add(name).add("\"}");
    sequence = before + decisions;
    if (chained) {
      chain(lines, start, before);
    }
    lines.add("}\n");
  }

  /** OCSF's record integrity: the hash is of all that stands before it, and of the closing. */
  private void chain(LineBuffer lines, int start, long before) {
    lines.add(",\"attestation_list\":[{\"chain_uid\":\"").add(name).add("\"");
    if (before > 0) {
      lines.add(",\"prev_event\":{\"fingerprint\":").add(HASH).add(hash).add("\"},\"uid\":\"");
      lines.add(name).add(":").add(before).add("\"}");
    }
    lines.digestFrom(start, digest);
    digest.update(REST);
    hash = HEX.formatHex(digest.digest());
    lines.add(",\"fingerprint\":").add(HASH).add(hash).add("\"}}]");
  }

  /** The lines so far are in the file. */
  void keep() {
    safeSequence = sequence;
    safeHash = hash;
  }

  /** The lines since the last that are in the file are not: they never were. */
  void undo() {
    sequence = safeSequence;
    hash = safeHash;
    digest.reset();
  }
}
