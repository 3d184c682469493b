package dev.rolecall.service.event;

import dev.rolecall.service.request.AccessEvent;
import dev.rolecall.service.request.EventKind;
import dev.rolecall.service.request.Subject;
import java.util.regex.Pattern;

/**
 * An event as a sentence for people, in Slack's text form. The words that people wrote cannot be a
 * link, a mention that wakes a channel, bold, struck out or code, nor change the direction of the
 * text. They may be italic, since names have underscores.
 *
 * @see <a href="https://docs.slack.dev/messaging/formatting-message-text">Slack, formatting message
 *     text</a>
 */
final class EventText {

  private static final int LONGEST_REASON = 300;
  private static final Pattern MENTION = Pattern.compile("@(?=(?i:channel|here|everyone)\\b)");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");

  private EventText() {}

  static String of(AccessEvent event) {
    Details details = Details.of(event);
    StringBuilder text = new StringBuilder(escaped(actor(event)));
    text.append(' ').append(event.kind().map(EventText::verb).orElseGet(() -> other(event)));
    event.about().permission().ifPresent(name -> text.append(" of ").append(name));
    details.party().ifPresent(party -> text.append(" for ").append(escaped(party)));
    details.get("grant_ends_at").ifPresent(end -> text.append(", until ").append(escaped(end)));
    details
        .get("reason")
        .or(() -> details.get("request_reason"))
        .ifPresent(reason -> text.append(": ").append(escaped(cut(reason))));
    return text.append(" (").append(escaped(event.about().ref())).append(')').toString();
  }

  private static String actor(AccessEvent event) {
    return event.actor().map(Subject::party).orElse("Time");
  }

  /** The words for a kind that a newer node wrote. */
  private static String other(AccessEvent event) {
    return "made a change (" + escaped(event.word()) + ")";
  }

  private static String verb(EventKind kind) {
    return switch (kind) {
      case REQUEST_CREATED -> "asked for access";
      case REQUEST_REVIEWED -> "approved a request, and more must,";
      case REQUEST_APPROVED -> "approved a request";
      case REQUEST_DENIED -> "denied a request";
      case REQUEST_CANCELLED -> "took back a request";
      case REQUEST_LAPSED -> "ended a request that had no decision";
      case GLASS_BROKEN -> "took EMERGENCY access";
      case GRANT_STARTED -> "started a grant";
      case GRANT_EXTENDED -> "extended a grant";
      case GRANT_EXPIRED -> "ended a grant";
      case GRANT_REVOKED -> "revoked a grant";
      case GLASS_ACKNOWLEDGED -> "found emergency access right";
      case GLASS_FLAGGED -> "found emergency access WRONG and revoked it";
      case TOKEN_ISSUED -> "was issued a grant token";
      case LOCK_SET -> "locked all access";
      case LOCK_LIFTED -> "unlocked access";
      case KEY_ADDED -> "added a signing key";
      case KEY_ACTIVATED -> "began to sign with a key";
      case KEY_WITHDRAWN -> "withdrew a signing key";
    };
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST_REASON
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST_REASON)) + "...";
  }

  /**
   * Slack's three characters, signs that look like those of its markup, and a space of no width
   * that breaks a mention or an address.
   */
  static String escaped(String text) {
    String plain =
        SPACE
            .matcher(INVISIBLE.matcher(text).replaceAll(""))
            .replaceAll(" ")
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace('*', '\u2217')
            .replace('~', '\u223c')
            .replace('`', '\u02cb')
            .replace("://", ":\u200b//");
    return MENTION.matcher(plain).replaceAll("@\u200b");
  }
}
