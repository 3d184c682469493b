package dev.rolecall.proxy;

import dev.rolecall.txntoken.TransactionToken;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The headers that tell a service who called. A proxy sets each of these on every call that goes
 * on, or removes it: a client may send any of them, and must not be believed.
 *
 * @param values the values to set, by name; printable ASCII. Those of {@link #NAMES} that are not
 *     here are removed
 */
public record IdentityHeaders(Map<String, String> values) {

  /** The header of the transaction token. */
  public static final String TRANSACTION_TOKEN = TransactionToken.HEADER;

  /** The header of the principal's text, for services behind the proxy alone. */
  public static final String PRINCIPAL = "x-rolecall-principal";

  /** The header of the scheme that proved the principal. */
  public static final String SCHEME = "x-rolecall-scheme";

  /** The beginning of the names that are Rolecall's. Clients' headers of such names are removed. */
  public static final String PREFIX = "x-rolecall-";

  /** The names that are set or removed on each call. */
  public static final Set<String> NAMES = Set.of(TRANSACTION_TOKEN, PRINCIPAL, SCHEME);

  /** The headers of a call without a caller: none is set, and all are removed. */
  public static final IdentityHeaders NONE = new IdentityHeaders(Map.of());

  /**
   * Copies, and checks the names.
   *
   * @throws IllegalArgumentException if a name is not of {@link #NAMES}
   */
  public IdentityHeaders {
    values = Map.copyOf(values);
    for (String name : values.keySet()) {
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException("header: " + name + " (expected: one of " + NAMES + ")");
      }
    }
  }

  /** The header of that token alone. */
  static IdentityHeaders of(TransactionToken token) {
    return new IdentityHeaders(Map.of(TRANSACTION_TOKEN, token.text()));
  }

  /** These and those. */
  IdentityHeaders with(IdentityHeaders others) {
    Map<String, String> all = new HashMap<>(values);
    all.putAll(others.values);
    return new IdentityHeaders(all);
  }

  /**
   * Whether a client's header of that name is removed: it is for proxies alone. Names that only
   * begin like the token's go too: {@code txn-token-bin} may be taken for it.
   */
  public static boolean isReserved(String name) {
    return name.startsWith(TRANSACTION_TOKEN) || name.startsWith(PREFIX);
  }

  /** The transaction token; empty where none is passed on. */
  public Optional<String> transactionToken() {
    return Optional.ofNullable(values.get(TRANSACTION_TOKEN));
  }

  /** The names alone: a transaction token is no secret, and no business of a log's either. */
  @Override
  public String toString() {
    return "IdentityHeaders" + values.keySet();
  }
}
