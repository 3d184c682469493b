package dev.rolecall.policytools.trail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The fingerprint of a line, as OCSF's record integrity has it. */
final class LineFingerprint {

  private static final byte[] MEMBER =
      ",\"fingerprint\":{\"algorithm\":\"SHA-256\",\"algorithm_id\":3,\"value\":\""
          .getBytes(US_ASCII);
  private static final byte[] END = "\"}}]}".getBytes(US_ASCII);
  private static final byte[] REST = "}]}".getBytes(US_ASCII);
  private static final int HEX = 64;

  private LineFingerprint() {}

  /** Whether the line ends in that fingerprint, and is what it is of. */
  static boolean fits(byte[] line, int length, String fingerprint) {
    int start = length - END.length - HEX - MEMBER.length;
    if (fingerprint.length() != HEX
        || start < 0
        || !isAt(line, start, MEMBER)
        || !isAt(line, start + MEMBER.length, fingerprint.getBytes(US_ASCII))
        || !isAt(line, length - END.length, END)) {
      return false;
    }
    MessageDigest digest = sha256();
    digest.update(line, 0, start);
    digest.update(REST);
    return HexFormat.of().formatHex(digest.digest()).equals(fingerprint);
  }

  private static boolean isAt(byte[] line, int start, byte[] expected) {
    return Arrays.equals(line, start, start + expected.length, expected, 0, expected.length);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
