package dev.rolecall.cli.proxy;

import static java.util.Objects.requireNonNull;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.identity.Audience;
import dev.rolecall.proxy.PassedIdentity;
import dev.rolecall.txntoken.TransactionTokenMint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The identity that a running proxy passes on, and the keys that sign it. */
public final class Identity implements AutoCloseable {

  /** A mint, and the runtime that it works with. */
  private record Minting(TransactionTokenMint mint, AccessRuntime runtime) {}

  private final @Nullable Minting minting;
  private final boolean headers;

  private Identity(@Nullable Minting minting, boolean headers) {
    this.minting = minting;
    this.headers = headers;
  }

  /** Without tokens; with headers in plain text, or without those too. */
  static Identity withoutTokens(boolean headers) {
    return new Identity(null, headers);
  }

  /** With tokens of that mint. It is closed with this, and then the runtime. */
  public static Identity withTokens(
      TransactionTokenMint mint, AccessRuntime runtime, boolean headers) {
    return new Identity(new Minting(mint, runtime), headers);
  }

  /**
   * What services of that audience are told.
   *
   * @param perCall whether each call has a token of its own, which names the method
   */
  public PassedIdentity to(Audience audience, boolean perCall) {
    requireNonNull(audience, "audience");
    if (minting == null) {
      return headers ? PassedIdentity.plainHeaders() : PassedIdentity.none();
    }
    PassedIdentity tokens =
        perCall
            ? PassedIdentity.transactionTokensOfEachCall(minting.mint(), audience)
            : PassedIdentity.transactionTokens(minting.mint(), audience);
    return headers ? tokens.withPlainHeaders() : tokens;
  }

  /** The key set that verifies the tokens; empty where none are signed. */
  public Optional<byte[]> keySet() {
    return minting == null
        ? Optional.empty()
        : Optional.of(minting.mint().publishedKeys().toJson());
  }

  @Override
  public void close() {
    if (minting != null) {
      minting.mint().close();
      minting.runtime().close();
    }
  }
}
