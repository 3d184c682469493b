package dev.rolecall.benchmarks.proxy;

import dev.rolecall.access.runtime.AccessRuntime;
import dev.rolecall.benchmarks.fleet.Orders;
import dev.rolecall.jwt.key.Algorithm;
import dev.rolecall.jwt.ring.SigningKeys;
import dev.rolecall.proxy.PassedIdentity;
import dev.rolecall.txntoken.TransactionTokenMint;
import dev.rolecall.txntoken.TrustDomain;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * The identity that proxies of this suite pass on: a transaction token. It lives as long as the
 * caller's proof, where the default is a minute. Each of several servers is called for a fraction
 * of the time, and would sign tokens all of it.
 */
final class TokenIdentity implements AutoCloseable {

  private final AccessRuntime runtime = AccessRuntime.ofDefaults();
  private final TransactionTokenMint mint =
      TransactionTokenMint.builder(
              new TrustDomain("benchmarks.example"),
              "arn:aws:iam::111122223333:role/edge",
              SigningKeys.inMemory(Algorithm.ES256, new SecureRandom()),
              runtime)
          .life(Duration.ofHours(1))
          .build();

  PassedIdentity toOrders() {
    return PassedIdentity.transactionTokens(mint, Orders.AUDIENCE);
  }

  @Override
  public void close() {
    mint.close();
    runtime.close();
  }
}
