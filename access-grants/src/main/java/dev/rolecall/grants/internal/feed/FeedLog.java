package dev.rolecall.grants.internal.feed;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.rolecall.identity.internal.InvalidValue;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * The words about a feed in the log: changes of its state, each once. Not safe for use by several
 * threads at once.
 */
final class FeedLog {

  private static final System.Logger LOG = System.getLogger("rolecall.grants");

  private static final int MOST_CAUSES = 16;

  private String last = "not followed yet";
  private boolean full;

  /** The feed is followed. */
  void following(long revision, int grants) {
    say("", () -> LOG.log(INFO, "grants are followed: {0} known, revision {1}", grants, revision));
  }

  /** The stream ended, and is sought again. */
  void lost(Status status) {
    String line =
        "the feed of grants was lost, "
            + status.getCode()
            + said(status.getDescription())
            + said(deepest(status.getCause()))
            + advice(status);
    say(line, () -> LOG.log(WARNING, "{0}", line));
  }

  /** The first line: gRPC puts its pipeline behind it. */
  private static String said(@Nullable String words) {
    return words == null || words.isBlank()
        ? ""
        : ": " + InvalidValue.printable(words.lines().findFirst().orElse(""));
  }

  /** What a failure of TLS or the network rests on, such as a certificate that is not trusted. */
  private static @Nullable String deepest(@Nullable Throwable cause) {
    Throwable deepest = cause;
    for (int i = 0; i < MOST_CAUSES && deepest != null && deepest.getCause() != null; i++) {
      deepest = deepest.getCause();
    }
    return deepest == null ? null : deepest.getMessage();
  }

  private static String advice(Status status) {
    return switch (status.getCode()) {
      case PERMISSION_DENIED ->
          "; this server's principal must be listed under enforcers in the rules of the access"
              + " service";
      case UNAUTHENTICATED ->
          "; one end does not accept the other's credential: check the audience, the clocks and,"
              + " with attested TLS, the roles expected here";
      case UNIMPLEMENTED -> "; the target is no access service: check the address";
      default -> "; it is sought again";
    };
  }

  /** A message broke a rule. */
  void refused(String rule) {
    String line = "a message of the feed of grants was refused: " + rule + "; it is sought again";
    say(line, () -> LOG.log(WARNING, "{0}", line));
  }

  /** No message came for too long. */
  void silent(String seconds) {
    String line = "the feed of grants was silent, or late, for " + seconds + "; it is sought again";
    say(line, () -> LOG.log(WARNING, "{0}", line));
  }

  /** What is known has become too old, or recent again. */
  void turned(boolean fresh) {
    LOG.log(
        fresh ? INFO : WARNING,
        fresh
            ? "grants are known again"
            : "grants are stale: calls that rest on one are refused until there are news");
  }

  /** There is no room for a grant. */
  void full(int most) {
    if (!full) {
      full = true;
      LOG.log(
          WARNING,
          "more than {0} grants: further ones are left out, and their holders refused"
              + " (expected: fewer, or a greater mostGrants)",
          most);
    }
  }

  /** About the file that grants are kept in. */
  static void file(String line) {
    LOG.log(WARNING, "{0}", line);
  }

  /** Once in a row: a service that is away for an hour makes one line. */
  private void say(String line, Runnable saying) {
    if (!line.equals(last)) {
      last = line;
      saying.run();
    }
  }
}
