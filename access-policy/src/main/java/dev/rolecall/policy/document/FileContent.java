package dev.rolecall.policy.document;

import dev.rolecall.policy.document.internal.DocumentText;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * The content of a file at one check. Only the content identifies it: times and inodes mislead
 * where a symbolic link is swapped or a clock is set.
 */
record FileContent(String fingerprint, Supplier<PolicyReading> reading) {

  static FileContent of(Path file) {
    try {
      byte[] bytes = DocumentText.bytes(file);
      return new FileContent(sha256(bytes), () -> PolicyDocument.read(file.toString(), bytes));
    } catch (IOException e) {
      PolicyReading.Rejected unreadable = PolicyDocument.unreadable(file, e);
      return new FileContent(unreadable.problems().toString(), () -> unreadable);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
