package dev.rolecall.proxy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Caller;
import dev.rolecall.identity.internal.WeakSlots;
import dev.rolecall.txntoken.TransactionToken;
import dev.rolecall.txntoken.TransactionTokenMint;
import java.util.Map;
import java.util.Optional;

/**
 * The way in which a proxy tells the services behind it who called. Safe for use by many threads;
 * never blocks.
 */
@FunctionalInterface
public interface PassedIdentity {

  /**
   * The headers of a call of that caller. Where a token has to be signed, takes up to 2 ms of CPU
   * time; as a rule one that was signed before is good still.
   *
   * @param caller the verified caller
   * @param method the method's full name, {@code package.Service/Method}
   * @return empty if the caller's credential has lapsed: the call is then refused
   */
  Optional<IdentityHeaders> of(Caller caller, String method);

  /** Nothing is told: the services behind need not know, or learn it in another way. */
  static PassedIdentity none() {
    return (caller, method) -> Optional.of(IdentityHeaders.NONE);
  }

  /**
   * A transaction token of that mint, which one caller's calls share for half of its life.
   *
   * @param scope the service that the token is for
   */
  static PassedIdentity transactionTokens(TransactionTokenMint mint, Audience scope) {
    requireNonNull(mint, "mint");
    requireNonNull(scope, "scope");
    // One token serves many calls, and so do its headers.
    WeakSlots<TransactionToken, IdentityHeaders> made = new WeakSlots<>(16_384);
    return (caller, method) ->
        mint.tokenFor(caller, scope)
            .map(
                token -> {
                  IdentityHeaders known = made.get(token);
                  if (known == null) {
                    known = IdentityHeaders.of(token);
                    made.put(token, known);
                  }
                  return known;
                });
  }

  /** The same, signed for each call, with the method that is called. */
  static PassedIdentity transactionTokensOfEachCall(TransactionTokenMint mint, Audience scope) {
    requireNonNull(mint, "mint");
    requireNonNull(scope, "scope");
    return (caller, method) -> mint.tokenForCall(caller, scope, method).map(IdentityHeaders::of);
  }

  /**
   * The principal and the scheme in plain headers, without a token. A service believes them only
   * where nothing but the proxy can reach it.
   */
  static PassedIdentity plainHeaders() {
    return (caller, method) ->
        Optional.of(
            new IdentityHeaders(
                Map.of(
                    IdentityHeaders.PRINCIPAL, caller.principal().text(),
                    IdentityHeaders.SCHEME, caller.evidence().scheme())));
  }

  /** The same, with the plain headers of {@link #plainHeaders} beside. */
  default PassedIdentity withPlainHeaders() {
    return (caller, method) ->
        of(caller, method)
            .flatMap(
                headers -> plainHeaders().of(caller, method).map(plain -> headers.with(plain)));
  }
}
