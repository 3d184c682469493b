package dev.rolecall.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads a policy, or a file like one: size, encoding, characters, structure, then meaning. Each
 * step is taken only when the one before found nothing wrong; the last two report all they find.
 */
final class PolicyText {

  /** The largest policy, in bytes. */
  static final int MAX_BYTES = 1 << 20;

  /** The byte order mark, U+FEFF, as UTF-8 writes it. */
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private PolicyText() {}

  /** The file's bytes, one more than is allowed at most. */
  static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    }
  }

  static PolicyReading read(Path file) {
    try {
      return read(file.toString(), bytes(file));
    } catch (IOException e) {
      return unreadable(file, e);
    }
  }

  static PolicyReading.Rejected unreadable(Path file, IOException e) {
    String why =
        e instanceof NoSuchFileException
            ? "no such file"
            : e instanceof AccessDeniedException
                ? "no permission"
                : Files.isDirectory(file) ? "it is a folder" : e.getClass().getSimpleName();
    return new PolicyReading.Rejected(
        List.of(
            new PolicyProblem(
                file.toString(), Optional.empty(), "the file cannot be read: " + why)));
  }

  static PolicyReading read(String source, byte[] content) {
    Findings findings = new Findings(source);
    Optional<AccessPolicy> policy =
        structure("policy", content, findings)
            .flatMap(root -> new PolicyReader(findings).read(root));
    if (findings.anyProblem() || policy.isEmpty()) {
      return new PolicyReading.Rejected(findings.problems());
    }
    return new PolicyReading.Loaded(policy.get(), findings.notes());
  }

  /** All but the meaning. */
  static Optional<Node> structure(String what, byte[] content, Findings findings) {
    return text(content, findings).flatMap(text -> YamlText.read(what, text, findings));
  }

  private static Optional<String> text(byte[] content, Findings findings) {
    if (content.length > MAX_BYTES) {
      findings.problem(
          Position.START, "the file is too large (expected: at most " + MAX_BYTES + " bytes)");
      return Optional.empty();
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer characters = CharBuffer.allocate(content.length);
    int from = startsWithMark(content) ? MARK.length : 0;
    if (decoder
        .decode(ByteBuffer.wrap(content, from, content.length - from), characters, true)
        .isError()) {
      findings.problem(
          Position.after(characters.flip()), "a byte that is not UTF-8 (expected: UTF-8 text)");
      return Optional.empty();
    }
    return printable(characters.flip().toString(), findings);
  }

  /** Some editors write it before UTF-8; it says nothing. */
  private static boolean startsWithMark(byte[] content) {
    return content.length >= MARK.length
        && Arrays.equals(content, 0, MARK.length, MARK, 0, MARK.length);
  }

  private static Optional<String> printable(String text, Findings findings) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int character = text.codePointAt(i);
      if (!StreamReader.isPrintable(character)) {
        findings.problem(
            Position.after(text.substring(0, i)),
            "character "
                + Shown.quoted(Character.toString(character))
                + " (expected: printable characters)");
        return Optional.empty();
      }
    }
    return Optional.of(text);
  }
}
