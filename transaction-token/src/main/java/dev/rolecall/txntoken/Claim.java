package dev.rolecall.txntoken;

import dev.rolecall.identity.internal.Alphabet;

/** The names of the claims, and the rules of their texts, which both ends share. */
final class Claim {

  static final String AUDIENCE = "aud";
  static final String SUBJECT = "sub";
  static final String SCOPE = "scope";
  static final String WORKLOAD = "req_wl";
  static final String TRANSACTION = "txn";
  static final String ISSUED = "iat";
  static final String EXPIRY = "exp";
  static final String REQUESTER = "rctx";
  static final String DETAILS = "tctx";

  /** Within {@code rctx}. */
  static final String SCHEME = "authn";

  static final String ROLE_ID = "role_id";
  static final String SESSION = "session";
  static final String ACTORS = "actors";
  static final String ADDRESS = "req_ip";

  /** Within {@code tctx}. */
  static final String METHOD = "method";

  private static final Alphabet VISIBLE = Alphabet.range('!', '~');
  private static final Alphabet ADDRESSES =
      Alphabet.LOWER_HEX.and(Alphabet.range('A', 'F')).and(Alphabet.of(":."));
  private static final int LONGEST_WORKLOAD = 2_048;
  private static final int LONGEST_TRANSACTION = 128;
  private static final int LONGEST_ADDRESS = 45;

  private Claim() {}

  /** Whether the text names a workload: 1 to 2,048 visible characters of ASCII. */
  static boolean isWorkload(String text) {
    return VISIBLE.spells(text, 1, LONGEST_WORKLOAD);
  }

  /** Whether the text is the id of a transaction: 1 to 128 visible characters of ASCII. */
  static boolean isTransaction(String text) {
    return VISIBLE.spells(text, 1, LONGEST_TRANSACTION);
  }

  /** Whether the text has the characters and the length of an IP address. */
  static boolean isAddress(String text) {
    return ADDRESSES.spells(text, 1, LONGEST_ADDRESS);
  }
}
