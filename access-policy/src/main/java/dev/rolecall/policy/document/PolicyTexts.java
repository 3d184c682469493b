package dev.rolecall.policy.document;

import dev.rolecall.policy.AccessPolicy;
import dev.rolecall.policy.document.internal.DocumentText;
import dev.rolecall.policy.document.internal.KnownAliases;
import dev.rolecall.policy.document.internal.Node;
import dev.rolecall.policy.document.internal.Remarks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The texts of one policy at one check. Only the content identifies them: times and inodes mislead
 * where a symbolic link is swapped or a clock is set.
 *
 * @param texts the texts by name, in their order
 * @param problems what kept a text from being read
 * @param aliases the aliases that principals may have
 */
record PolicyTexts(Map<String, byte[]> texts, List<PolicyProblem> problems, KnownAliases aliases) {

  /** How often files are read again that change while they are read. */
  private static final int TRIES = 3;

  /** Texts whose principals may have any alias. */
  PolicyTexts(Map<String, byte[]> texts, List<PolicyProblem> problems) {
    this(texts, problems, KnownAliases.untold());
  }

  /** The same with principals of those aliases alone. */
  PolicyTexts knowing(KnownAliases aliases) {
    return new PolicyTexts(texts, problems, aliases);
  }

  /** The text of that name. */
  static PolicyTexts of(String source, byte[] content) {
    return new PolicyTexts(Map.of(source, content), List.of());
  }

  /** The content of the files, and of those of folders. Blocks on them. */
  static PolicyTexts of(List<Path> paths) {
    PolicyPaths found = PolicyPaths.of(paths);
    Map<String, byte[]> texts = new LinkedHashMap<>();
    List<PolicyProblem> problems = new ArrayList<>(found.problems());
    for (Path file : found.files()) {
      try {
        texts.put(file.toString(), DocumentText.bytes(file));
      } catch (IOException e) {
        problems.add(
            PolicyProblem.unreadable(file.toString(), DocumentText.unreadable("file", file, e)));
      }
    }
    return new PolicyTexts(texts, problems);
  }

  /**
   * The content as {@link #of} reads it, but again as long as several files do not stay as they
   * are: some old files and some new ones may allow together what neither all old nor all new do.
   */
  static PolicyTexts together(List<Path> paths) {
    PolicyTexts read = of(paths);
    for (int i = 0; i < TRIES && read.texts.size() > 1; i++) {
      PolicyTexts again = of(paths);
      if (again.fingerprint().equals(read.fingerprint())) {
        return again;
      }
      read = again;
    }
    return read;
  }

  /** A digest of names, contents and problems. */
  String fingerprint() {
    MessageDigest digest = sha256();
    texts.forEach(
        (source, content) -> {
          add(digest, source.getBytes(StandardCharsets.UTF_8));
          add(digest, content);
        });
    add(digest, problems.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, byte[] part) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
    digest.update(part);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** The policy that the texts are together, or all that is wrong with them. */
  PolicyReading reading() {
    Remarks remarks = new Remarks();
    List<Node> roots = new ArrayList<>();
    texts.forEach(
        (source, content) ->
            DocumentText.structure("policy", source, content, remarks).ifPresent(roots::add));
    Optional<AccessPolicy> policy =
        new PolicyReader(remarks, aliases).read(roots, problems.isEmpty());
    if (policy.isEmpty() || !problems.isEmpty()) {
      return new PolicyReading.Rejected(
          Stream.concat(problems.stream(), PolicyProblem.of(remarks).stream()).toList());
    }
    return new PolicyReading.Loaded(policy.get(), PolicyNote.of(remarks));
  }
}
