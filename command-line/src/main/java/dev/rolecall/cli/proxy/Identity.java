package dev.rolecall.cli.proxy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.internal.metrics.SupervisedTask;
import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.Audience;
import dev.rolecall.identity.Caller;
import dev.rolecall.jwt.ring.KeysInForce;
import dev.rolecall.jwt.ring.SigningKeys;
import dev.rolecall.proxy.IdentityHeaders;
import dev.rolecall.proxy.PassedIdentity;
import dev.rolecall.txntoken.TransactionToken;
import dev.rolecall.txntoken.TransactionTokenMint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The identity that a running proxy passes on, and the keys that sign it. */
public final class Identity implements AutoCloseable {

  /** What a mint is made with. */
  record Signing(AccessRuntime runtime, KeysInForce keys) {}

  private final @Nullable Signing signing;
  private final @Nullable TransactionTokenMint mint;
  private final boolean headers;

  private Identity(
      @Nullable Signing signing, @Nullable TransactionTokenMint mint, boolean headers) {
    this.signing = signing;
    this.mint = mint;
    this.headers = headers;
  }

  /** Without tokens; with headers in plain text, or without those too. */
  static Identity withoutTokens(boolean headers) {
    return new Identity(null, null, headers);
  }

  /**
   * With tokens.
   *
   * @param runtime closed with it
   */
  static Identity withTokens(
      AccessRuntime runtime,
      SigningKeys settings,
      Function<Signing, TransactionTokenMint> making,
      boolean headers) {
    runtime.supervising(SupervisedTask.KEY_RING);
    KeysInForce keys =
        settings.start(runtime.clock(), runtime.supervisor(), SupervisedTask.KEY_RING.label());
    try {
      Signing signing = new Signing(runtime, keys);
      return new Identity(signing, making.apply(signing), headers);
    } catch (RuntimeException | Error e) {
      keys.close();
      throw e;
    }
  }

  /**
   * What services of that audience are told.
   *
   * @param perCall whether each call has a token of its own, which names the method
   */
  public PassedIdentity to(Audience audience, boolean perCall) {
    requireNonNull(audience, "audience");
    TransactionTokenMint tokens = mint;
    if (tokens == null) {
      return headers ? PassedIdentity.plainHeaders() : PassedIdentity.none();
    }
    return (caller, method) ->
        (perCall
                ? tokens.tokenForCall(caller, audience, method)
                : tokens.tokenFor(caller, audience))
            .map(token -> headers(caller, token));
  }

  private IdentityHeaders headers(Caller caller, TransactionToken token) {
    Map<String, String> values = new HashMap<>();
    values.put(IdentityHeaders.TRANSACTION_TOKEN, token.text());
    if (headers) {
      values.put(IdentityHeaders.PRINCIPAL, caller.principal().text());
      values.put(IdentityHeaders.SCHEME, caller.evidence().scheme());
    }
    return new IdentityHeaders(values);
  }

  /** The key set that verifies the tokens; empty where none are signed. */
  public Optional<byte[]> keySet() {
    return signing == null ? Optional.empty() : Optional.of(signing.keys().published().toJson());
  }

  @Override
  public void close() {
    if (signing != null) {
      signing.keys().close();
      signing.runtime().close();
    }
  }
}
