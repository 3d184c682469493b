package dev.rolecall.service.store.internal.list;

import dev.rolecall.service.store.PageKey;
import dev.rolecall.service.store.Refusal.Reason;
import dev.rolecall.service.store.internal.row.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A place in a list: the sort key of the last row that was read.
 *
 * @param number a time or a revision
 * @param id the id among equal numbers; of events, which have none, the name of the order
 */
record Cursor(long number, String id) {

  /** Before the first row of a list that is sorted newest first. */
  static final Cursor NEWEST = new Cursor(Long.MAX_VALUE, "");

  private static final int LONGEST = 200;

  static Cursor of(PageKey page, Cursor first) {
    return page.cursor().map(Cursor::parse).orElse(first);
  }

  /**
   * The same for a list that has several orders, of which the id names one. The cursor of another
   * is refused.
   */
  static Cursor inOrder(PageKey page, Cursor first) {
    Cursor cursor = of(page, first);
    if (!cursor.id().equals(first.id())) {
      throw foreign();
    }
    return cursor;
  }

  private static Cursor parse(String text) {
    try {
      if (text.length() <= LONGEST) {
        String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
        int colon = plain.indexOf(':');
        if (colon > 0) {
          return new Cursor(Long.parseLong(plain.substring(0, colon)), plain.substring(colon + 1));
        }
      }
    } catch (IllegalArgumentException e) {
      // Not the base64 or the number of a cursor: refused below, as every other text is.
    }
    throw foreign();
  }

  private static Rejected foreign() {
    return new Rejected(
        Reason.BAD_CURSOR,
        "page_token: not one of this list (expected: next_page_token of the page before)");
  }

  String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((number + ":" + id).getBytes(StandardCharsets.US_ASCII));
  }
}
