package dev.rolecall.jwt.json;

/** The rule that a text of JSON breaks. Its words are fixed, so they may be logged. */
public enum JsonFlaw {
  /** More bytes than the limit. */
  TOO_LONG("too long"),
  /** Bytes that are no UTF-8. */
  NOT_UTF8("not UTF-8"),
  /** A byte order mark in front. */
  BYTE_ORDER_MARK("begins with a byte order mark"),
  /** No JSON by RFC 8259. */
  SYNTAX("not JSON"),
  /** JSON, and no object. */
  NOT_AN_OBJECT("not an object"),
  /** Anything but white space after the object. */
  TRAILING("something follows the object"),
  /** A name twice in one object. */
  DUPLICATE_NAME("a name stands twice"),
  /** Objects and lists nested deeper than the limit. */
  TOO_DEEP("nested too deeply"),
  /** More members than the limit. */
  TOO_MANY_MEMBERS("too many members"),
  /** A number of more characters than the limit. */
  NUMBER_TOO_LONG("a number is too long"),
  /** Half of a surrogate pair, which no UTF-8 can spell. */
  LONE_SURROGATE("a text has half of a character");

  private final String words;

  JsonFlaw(String words) {
    this.words = words;
  }

  /** The flaw in a few words. */
  public String words() {
    return words;
  }
}
