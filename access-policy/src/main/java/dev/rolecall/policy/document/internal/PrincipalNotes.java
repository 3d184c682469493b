package dev.rolecall.policy.document.internal;

import dev.rolecall.identity.pattern.CertificatePattern;
import dev.rolecall.identity.pattern.OidcPattern;
import dev.rolecall.identity.pattern.PrincipalPattern;
import dev.rolecall.identity.pattern.RolePattern;
import dev.rolecall.policy.Place;
import dev.rolecall.policy.internal.Nearest;
import dev.rolecall.policy.internal.Printable;
import java.util.Optional;

/** The problems and notes about a principal as it is written. */
public final class PrincipalNotes {

  private static final String OWN_NAME = "principal: ";
  private static final String EXPECTED = " (expected: ";

  private static final String SSO_ROLES = "AWSReservedSSO_";

  private PrincipalNotes() {}

  /** The text, and what would be right according to the pattern's own complaint. */
  public static String complaint(String key, String text, IllegalArgumentException complaint) {
    Optional<String> nearest = NearestPrincipal.to(text);
    if (nearest.isPresent()) {
      return key + ": " + Printable.quoted(text) + EXPECTED + nearest.get() + ")";
    }
    String message = String.valueOf(complaint.getMessage());
    int expectedAt = message.lastIndexOf(EXPECTED);
    // A part of the text broke its rule: say which part.
    String rule =
        message.startsWith(OWN_NAME) && expectedAt >= 0
            ? message.substring(expectedAt)
            : ": " + message;
    return key + ": " + Printable.quoted(text) + rule;
  }

  /** Notes a principal that means more or less than it seems to. */
  public static void noteSurprises(
      String key, String text, PrincipalPattern pattern, Place at, Remarks remarks) {
    noteSurprises(key, text, pattern.toString(), pattern, at, remarks);
  }

  /**
   * The same for a text that stands for several patterns.
   *
   * @param meaning the text without what is dropped from it
   * @param pattern one of the patterns
   */
  public static void noteSurprises(
      String key,
      String text,
      String meaning,
      PrincipalPattern pattern,
      Place at,
      Remarks remarks) {
    if (pattern instanceof RolePattern) {
      notePartition(key, text, at, remarks);
    }
    noteEveryone(key, text, pattern, at, remarks);
    boolean literal =
        pattern instanceof RolePattern.ExactRole || pattern instanceof RolePattern.PinnedRole;
    if (literal && !meaning.equals(text)) {
      remarks.note(
          at,
          NoteCode.ROLE_PATH_DROPPED,
          key
              + ": "
              + Printable.quoted(text)
              + " means "
              + meaning
              + ": STS does not tell a role's path");
    }
    if (pattern instanceof RolePattern.RolePrefix prefix && prefix.prefix().startsWith(SSO_ROLES)) {
      remarks.note(
          at,
          NoteCode.SEVERAL_PERMISSION_SETS,
          key
              + ": "
              + Printable.quoted(text)
              + " means every permission set whose name starts like that;"
              + " sso:{account}:{permission set} means one");
    }
  }

  private static void noteEveryone(
      String key, String text, PrincipalPattern pattern, Place at, Remarks remarks) {
    boolean everySubject =
        pattern instanceof OidcPattern.SubjectPrefix prefix && prefix.isEveryone();
    boolean everyWorkload =
        pattern instanceof CertificatePattern.SpiffePrefix prefix && prefix.prefix().equals("/");
    if (everySubject || everyWorkload) {
      remarks.note(
          at,
          NoteCode.EVERY_SUBJECT,
          key
              + ": "
              + Printable.quoted(text)
              + (everySubject
                  ? " means everyone that the issuer vouches for to this server"
                  : " means every workload of the trust domain"));
    }
  }

  /** A new partition needs no new release; a mistyped one matches no caller. */
  private static void notePartition(String key, String text, Place at, Remarks remarks) {
    String[] parts = text.split(":", 4);
    String partition = text.startsWith("arn:") || parts.length == 4 ? parts[1] : "aws";
    if (!NearestPrincipal.PARTITIONS.contains(partition)) {
      remarks.note(
          at,
          NoteCode.UNKNOWN_PARTITION,
          key
              + ": "
              + Printable.quoted(text)
              + ": partition "
              + Printable.plain(partition)
              + " is not one of AWS's of today (expected: "
              + Nearest.to(partition, NearestPrincipal.PARTITIONS)
                  .orElseGet(() -> String.join(", ", NearestPrincipal.PARTITIONS))
              + ")");
    }
  }
}
